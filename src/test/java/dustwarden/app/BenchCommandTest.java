package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
    @TempDir
    Path directory;

    @Test
    void figuresAreLinesAndJsonWithUnits() throws IOException {
        Path json = directory.resolve("figures.json");
        CommandRun run = CommandRun.of("bench", "--seconds", "1", "--sites", "5", "--no-broker", "--json", json.toString());
        assertEquals(0, run.exit(), run.err());
        JsonNode figures = CanonicalJson.parse(Files.readString(json));
        for (String name : List.of(
                "decode_own_reading", "decode_hj212_frame", "core_observations_per_second", "core_observation",
                "core_cost_ratio_at_50_sites",
                "ledger_entries_per_second", "ledger_entry_with_decisions", "replay_entries_per_second")) {
            assertTrue(figures.path(name).path("value").asDouble() > 0, name + " in " + figures);
            assertTrue(run.out().contains(name + " "), run.out());
        }
        assertEquals("us", figures.path("core_observation").path("unit").asText());
        assertTrue(run.out().contains("machine: ") && run.out().contains("not measured: intake"), run.out());
    }

    @Test
    void theNoticesOfACityAreTheSameInEachRunAndFewerThanItsAlarms() throws IOException {
        Path json = directory.resolve("city.json");
        CommandRun run = CommandRun.of("bench", "--city", "--sites", "3", "--json", json.toString());
        assertEquals(0, run.exit(), run.err());
        JsonNode figures = CanonicalJson.parse(Files.readString(json));
        assertEquals(figures, CanonicalJson.parse(Files.readString(again("3"))));
        for (String day : List.of("ordinary", "storm", "day_after")) {
            assertTrue(figures.path("alarms_raised_" + day).path("value").asDouble() > 0, figures.toString());
            double due = figures.path("notices_a_supervisor_" + day + "_mean").path("value").asDouble();
            double sent = figures.path("messages_a_supervisor_" + day + "_mean").path("value").asDouble();
            assertTrue(due > 0 && sent > 0 && sent <= due, figures.toString());
        }
        assertTrue(run.out().contains("washing"), run.out());
    }

    private Path again(String sites) {
        Path json = directory.resolve("again.json");
        assertEquals(0, CommandRun.of("bench", "--city", "--sites", sites, "--json", json.toString()).exit());
        return json;
    }

    @Test
    void badUsageIsTwo() {
        assertEquals(2, CommandRun.of("bench", "--seconds", "0").exit());
        assertEquals(2, CommandRun.of("bench", "--sites", "0").exit());
        assertEquals(2, CommandRun.of("bench", "--sites", "many").exit());
        assertEquals(2, CommandRun.of("bench", "--demo-minutes", "-1").exit());
    }
}
