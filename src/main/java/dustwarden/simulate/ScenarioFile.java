package dustwarden.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a scenario file and the site files and recorded data it names.
 *
 * <pre>{@code
 * scenario: demo
 * about: {zh: …, en: …}
 * seed: 20150527                          # of all chance: noise, jitter, plates
 * data: ../data/beijing-2015-05.csv       # station,time,<columns>; names are relative to this file
 * sites:
 *   - file: ../sites/xx-hongqi-01.yaml    # the register: ids, kinds, intervals
 *     devices: {…}                        # by device id, see ScriptReader
 *     troubles: [{kind: unwashed-truck, device: wash-a, at: "07:12"}]
 * regions:
 *   - node: "130102"
 *     background: {stations: [Aotizhongxin, Huairou], column: PM10, delay: PT12M}
 *     orders: [{id: heavy, announced: "15:30", from: "16:00", to: "17:00", kind: pollution, grade: yellow, bans: [earthwork]}]
 * }</pre>
 *
 * All times of day are local to the site and hold on every date. Unknown keys are refused.
 */
public final class ScenarioFile {

    /** The id of the scenario that the demo plays. */
    public static final String DEMO = "demo";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ScenarioFile() {
    }

    /** The scenario of that name among those that ship. */
    public static Scenario shipped(String id) throws IOException {
        return read(DeviceFiles.shipped(), id + ".yaml");
    }

    /** The scenario in a file; an argument without a file of that name means one that ships. */
    public static Scenario read(Path file) throws IOException {
        return read(DeviceFiles.beside(file), file.getFileName().toString());
    }

    private static Scenario read(DeviceFiles files, String name) throws IOException {
        try {
            Yaml root = new Yaml(tree(files, name), name)
                    .only("scenario", "about", "seed", "data", "sites", "regions");
            Recording recording =
                    root.has("data") ? Recording.read(files.lines(root.text("data"))) : Recording.none();
            List<SiteScript> sites = new ArrayList<>();
            for (Yaml site : root.list("sites")) {
                sites.add(site(files, site, recording));
            }
            List<RegionScript> regions =
                    root.list("regions").stream().map(region -> region(region, recording)).toList();
            return new Scenario(root.text("scenario"), (long) root.number("seed", 1), sites, regions);
        } catch (IllegalArgumentException e) {
            throw new IOException("scenario " + name + ": " + e.getMessage(), e);
        }
    }

    private static SiteScript site(DeviceFiles files, Yaml yaml, Recording recording) throws IOException {
        yaml.only("file", "devices", "troubles");
        SimulatedSite site = SiteFile.read(tree(files, yaml.text("file")),
                new String(files.bytes(yaml.text("file")), StandardCharsets.UTF_8));
        ScriptReader reader = new ScriptReader(site, recording);
        Map<String, DeviceScript> scripts = new HashMap<>();
        if (yaml.has("devices")) {
            Yaml devices = yaml.mapping("devices");
            for (String id : devices.keys()) {
                scripts.put(id, reader.device(devices.mapping(id)));
            }
        }
        return new SiteScript(site, scripts, yaml.list("troubles").stream().map(reader::trouble).toList());
    }

    private static RegionScript region(Yaml yaml, Recording recording) {
        yaml.only("node", "zone", "background", "orders");
        Optional<RegionScript.Background> background = yaml.has("background")
                ? Optional.of(background(yaml.mapping("background"), recording))
                : Optional.empty();
        return new RegionScript(yaml.text("node"), ZoneId.of(yaml.optional("zone").orElse("Asia/Shanghai")),
                background, yaml.list("orders").stream().map(ScenarioFile::order).toList());
    }

    private static RegionScript.Background background(Yaml yaml, Recording recording) {
        yaml.only("stations", "column", "delay");
        List<Double> hours = recording.mean(yaml.texts("stations"), yaml.text("column"));
        return new RegionScript.Background(
                new Signal.Recorded(hours, Signal.Shape.HOLD), yaml.duration("delay"));
    }

    private static RegionScript.Order order(Yaml yaml) {
        yaml.only("id", "announced", "from", "to", "kind", "grade", "bans");
        return new RegionScript.Order(yaml.text("id"), yaml.time("announced"), yaml.span(),
                yaml.text("kind"), yaml.text("grade"), yaml.texts("bans"));
    }

    private static JsonNode tree(DeviceFiles files, String name) throws IOException {
        try {
            return YAML.readTree(files.bytes(name));
        } catch (JsonProcessingException e) {
            throw new IOException(name + " is not YAML: " + e.getOriginalMessage(), e);
        }
    }
}
