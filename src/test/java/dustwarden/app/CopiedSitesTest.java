package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Entry;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A monitor that says what another site's monitor says is doubted; neither site learns which the other is. */
class CopiedSitesTest {
    private static final long START = Instant.parse("2026-03-14T01:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;

    @TempDir
    private Path dir;

    private Contents contents;
    private Content content;

    @BeforeEach
    void register() throws IOException {
        for (String id : List.of("acme-1", "beta-1", "gamma-1")) {
            Files.writeString(dir.resolve(id + ".yaml"), "site: " + id + "\nname: {zh: 工地, en: site}\nregion: \"410000/410700\"\n"
                    + "rulebook: [gb-16297-1996]\ndevices: [{id: dust-1, kind: monitor, every: PT1M}]\n");
        }
        contents = ContentLoader.load(ContentSources.of(dir, Optional.empty()), FrameSeal.forOneRun()::passwordHash)
                .value().orElseThrow();
        content = new ContentReader(contents.byHash()::get).apply(contents.refs());
    }

    private List<Entry> day(boolean copies) {
        SplittableRandom chance = new SplittableRandom(11);
        SplittableRandom others = new SplittableRandom(12);
        List<Entry> entries = new ArrayList<>();
        List<Double> said = new ArrayList<>();
        for (int m = 0; m < 480; m++) {
            said.add(Math.round(1_000 + 900 * chance.nextDouble()) / 10.0);
            long at = START + m * MINUTE;
            entries.add(reading("acme-1", at, said.get(m)));
            double beta = copies && m >= 5 ? said.get(m - 5) : Math.round(1_000 * others.nextDouble()) / 10.0;
            entries.add(reading("beta-1", at + 1_000, beta));
            entries.add(reading("gamma-1", at + 2_000, Math.round(1_000 * others.nextDouble()) / 10.0));
        }
        return entries;
    }

    private static Entry reading(String site, long at, double tsp) {
        byte[] payload = ("{\"ts\":" + at + ",\"values\":{\"tsp\":" + tsp + "}}").getBytes(StandardCharsets.UTF_8);
        return new Entry.Message(at, Entry.Source.MQTT, "dust/v1/" + site + "/dust-1/reading", payload, false, Optional.empty());
    }

    private List<String> run(List<Entry> entries, int restartEvery) {
        return RestartedCore.run(contents, content, START - MINUTE, entries, restartEvery);
    }

    /** Of the site whose series is the same in both, but for the numbers of the lines that they came with. */
    private static List<String> verdicts(List<String> lines) {
        return with(lines, "\"verdict\"", "\"site\":\"acme-1\"").stream().map(l -> l.replaceAll("\"neigh[^,}]*", "")).toList();
    }

    private static List<String> with(List<String> lines, String... parts) {
        return lines.stream().filter(l -> List.of(parts).stream().allMatch(l::contains)).toList();
    }

    @Test
    void theLaterOneIsDoubtedTheOtherIsToldAndNeitherIsNamed() {
        List<String> lines = run(day(true), 0);
        List<String> doubts = with(lines, "\"finding\"", "\"copied-across\"");
        List<String> told = with(lines, "\"finding\"", "\"copied-elsewhere\"");
        assertEquals(1, doubts.size(), doubts.toString());
        assertEquals(1, told.size(), told.toString());
        assertTrue(doubts.get(0).contains("\"site\":\"beta-1\"") && doubts.get(0).contains("\"shiftSeconds\":301"), doubts.get(0));
        assertTrue(told.get(0).contains("\"site\":\"acme-1\""), told.get(0));
        assertEquals(List.of(), with(doubts, "acme"));
        assertEquals(List.of(), with(told, "beta"));
        String pair = doubts.get(0).replaceAll(".*\"pair\":\"([0-9a-f]{16})\".*", "$1");
        assertTrue(told.get(0).contains(pair), told.get(0));
        assertEquals(1, with(lines, "\"alarm\"", "data-doubtful", "\"site\":\"beta-1\"", "\"transition\":\"raised\"").size());
        assertEquals(List.of(), with(lines, "data-doubtful", "\"site\":\"acme-1\""));
        // What is judged does not move by it.
        List<String> honest = run(day(false), 0);
        assertEquals(verdicts(honest), verdicts(lines));
        assertEquals(List.of(), with(honest, "copied"));
    }

    @Test
    void aRestartAnywhereFindsTheSame() {
        List<String> whole = run(day(true), 0);
        assertEquals(whole, run(day(true), 7));
        assertEquals(whole, run(day(true), 100));
    }
}
