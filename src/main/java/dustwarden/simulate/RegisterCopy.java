package dustwarden.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** Writes the register of a scenario: a site file for each site that is played, repeated sites under their own ids. */
final class RegisterCopy {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private RegisterCopy() {
    }

    /** Writes the files and gives their number. */
    static int write(Scenario scenario, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (SiteScript script : scenario.sites()) {
            SimulatedSite site = script.site();
            ObjectNode copy = (ObjectNode) YAML.readTree(site.register());
            copy.put("site", site.id());
            Iterator<JsonNode> devices = copy.withArray("devices").elements();
            while (devices.hasNext()) {
                if (site.device(devices.next().path("id").asText()).isEmpty()) {
                    devices.remove();
                }
            }
            Files.write(directory.resolve(site.id() + ".yaml"), YAML.writeValueAsBytes(copy));
        }
        return scenario.sites().size();
    }
}
