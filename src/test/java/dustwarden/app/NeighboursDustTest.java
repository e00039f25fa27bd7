package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What neighbouring sites measured stands beside a particulate verdict and changes none. */
class NeighboursDustTest {
    private static final OffsetDateTime NINE = OffsetDateTime.parse("2026-03-14T09:00:00+08:00");

    @TempDir
    private Path dir;

    private void site(String id, String region) throws IOException {
        Files.writeString(dir.resolve("register/" + id + ".yaml"), "site: " + id + "\nname: " + id + "\nregion: \"" + region
                + "\"\nrulebook: [henan-seven, gb-16297-1996]\ndevices: [{id: m, kind: monitor, every: PT1M}]\n");
    }

    @Test
    void sitesOfTheNearestRegionAreNeighboursAndOthersAreNot() throws IOException {
        Files.createDirectory(dir.resolve("register"));
        site("a", "410000/grid-1");
        site("b", "410000/grid-1");
        site("c", "410000/grid-1");
        site("d", "410000/grid-2");
        List<String> lines = new ArrayList<>();
        for (int minute = 0; minute <= 60; minute++) {
            for (String[] each : new String[][] {{"a", "1500"}, {"b", "200"}, {"c", "300"}, {"d", "900"}}) {
                lines.add("{\"received\":\"" + NINE.plusMinutes(minute).toInstant() + "\",\"topic\":\"dust/v1/" + each[0]
                        + "/m/reading\",\"payload\":{\"ts\":\"" + NINE.plusMinutes(minute).toInstant() + "\",\"values\":{\"tsp\":"
                        + each[1] + "}}}");
            }
        }
        Path entries = JudgeRun.write(dir, "entries.jsonl", lines);
        List<String> found = JudgeRun.lines(dir.resolve("register"), Optional.empty(), entries, Optional.of("2026-03-15T00:11:00+08:00"))
                .stream()
                .filter(l -> l.contains("\"final\":true") && l.contains("gb-16297-1996/tsp-hour"))
                .toList();
        assertEquals(4, found.size());
        assertTrue(found.get(0).contains("\"site\":\"a\"") && found.get(0).contains("\"state\":\"VIOLATION\""), found.get(0));
        assertTrue(found.get(0).contains("\"neighbourSites\":2,\"neighbours\":250.0"), found.get(0));
        assertTrue(found.get(3).contains("\"site\":\"d\"") && !found.get(3).contains("neighbours"), found.get(3));
    }
}
