package dustwarden.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo sites are such that only what a scenario does to them can make them fail. */
class SiteFilesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest
    @ValueSource(strings = {"xx-hongqi-01", "zz-jinshui-02", "sjz-changan-01"})
    void siteIsWhole(String id) throws IOException {
        JsonNode site = YAML.readTree(getClass().getResourceAsStream("/devices/sites/" + id + ".yaml"));
        assertEquals(id, site.get("site").asText());
        String province = site.get("region").asText().split("/")[0];
        assertTrue(site.get("rulebook").get(1).asText()
                .equals(province.equals("130000") ? "hebei-db13-2934-2019" : "gb-16297-1996"));

        Set<String> units = new HashSet<>();
        int fenced = 0;
        for (JsonNode unit : site.get("units")) {
            assertTrue(units.add(unit.get("id").asText()));
            if (unit.get("kind").asText().equals("fence")) {
                fenced += unit.get("length").asInt();
                String road = unit.path("roadClass").asText(site.get("roadClass").asText());
                assertTrue(unit.get("height").asDouble() >= (road.equals("main") ? 2.5 : 1.8));
            } else {
                assertTrue(unit.get("area").asInt() > 0);
            }
        }
        assertEquals(site.get("perimeter").asInt(), fenced);

        SimulatedSite read = SiteFile.read(site, "");
        Set<SimulatedDevice.Kind> kinds = EnumSet.noneOf(SimulatedDevice.Kind.class);
        read.devices().forEach(device -> {
            kinds.add(device.kind());
            assertTrue(units.containsAll(device.units()));
        });
        assertEquals(EnumSet.allOf(SimulatedDevice.Kind.class), kinds);
        long cameras = read.devices().stream().filter(d -> d.kind() == SimulatedDevice.Kind.CAMERA).count();
        assertTrue(cameras >= (site.get("floorArea").asInt() >= 10_000 ? 4 : 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xx-hongqi-01", "zz-jinshui-02", "sjz-changan-01"})
    void everyUnitIsReportedBySomeDevice(String id) throws IOException {
        SiteScript script = ScenarioFile.shipped(ScenarioFile.DEMO).sites().stream()
                .filter(one -> one.site().id().equals(id)).findFirst().orElseThrow();
        Set<String> told = new HashSet<>();
        new ScenarioPlayer(new Scenario("one", 1, java.util.List.of(script), java.util.List.of()))
                .opening(java.time.Instant.EPOCH).stream()
                .filter(one -> one.topic().endsWith("/unit"))
                .forEach(one -> told.add(one.text().replaceAll(".*\"unit\":\"([^\"]*)\".*", "$1")));
        assertEquals(new HashSet<>(script.site().units()), told);
    }
}
