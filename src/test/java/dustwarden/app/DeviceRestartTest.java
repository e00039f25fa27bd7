package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Entry;
import dustwarden.core.decode.Hj212Answer;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is known of devices between two of their messages, the aliases of a Sparkplug birth and open groups of HJ 212
 * sub-packets, is stored and read again at any moment: the decisions stay the same, byte for byte.
 */
class DeviceRestartTest {
    private static final long START = Instant.parse("2026-03-15T16:00:00Z").toEpochMilli();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Asia/Shanghai"));
    private static final String SITE = """
            site: a-site
            name: {zh: 工地, en: A site}
            region: "410000/410700"
            rulebook: [gb-16297-1996]
            devices:
              - {id: node-1, kind: monitor, every: PT1M, profile: sparkplug, topic: "spBv1.0/yard/+/edge/#"}
              - {id: dust-2, kind: monitor, every: PT1M, hj212: {mn: SITE0001, password: "123456"}}
            """;

    @TempDir
    private Path dir;

    private final FrameSeal seal = FrameSeal.forOneRun();
    private Contents contents;
    private Content content;

    @BeforeEach
    void register() throws IOException {
        Files.writeString(dir.resolve("site.yaml"), SITE);
        contents = ContentLoader.load(ContentSources.of(dir, Optional.empty()), seal::passwordHash).value().orElseThrow();
        content = new ContentReader(contents.byHash()::get).apply(contents.refs());
    }

    private List<String> run(List<Entry> entries, int restartEvery) {
        return RestartedCore.run(contents, content, START, entries, restartEvery);
    }

    /** Births that name anew, data by alias alone, parts in any order and now and then lost, frames with nothing in them. */
    private List<Entry> history(long seed, int count) {
        Random random = new Random(seed);
        List<Entry> entries = new ArrayList<>();
        long at = START;
        long moment = START;
        for (int i = 0; i < count; i++) {
            at += 1_000 + random.nextInt(20_000);
            moment = random.nextInt(3) == 0 ? at : moment;
            switch (random.nextInt(8)) {
                case 0 -> entries.add(sparkplug(at, "DBIRTH", "/dust", "[{\"name\":\"Inputs/PM10\",\"alias\":"
                        + random.nextInt(3) + ",\"value\":7},{\"name\":\"Inputs/Humidity\",\"alias\":4,\"value\":40}]"));
                case 1 -> entries.add(random.nextInt(4) == 0
                        ? sparkplug(at, "NBIRTH", "", "[{\"name\":\"Node Control/Rebirth\",\"value\":false}]")
                        : frame(at, "QN=" + STAMP.format(Instant.ofEpochMilli(at)) + "000;ST=91;CN=9015;PW=123456;MN=SITE0001;"
                                + "Flag=9;CP=&&&&"));
                case 2, 3, 4 -> entries.add(sparkplug(at, "DDATA", "/dust", "[{\"alias\":" + random.nextInt(3) + ",\"value\":"
                        + (random.nextInt(5) == 0 ? 200_000 : random.nextInt(2_000)) + "},{\"alias\":4,\"value\":"
                        + random.nextInt(120) + "}]"));
                default -> entries.add(part(at, moment, random));
            }
        }
        return entries;
    }

    private static Entry sparkplug(long at, String kind, String device, String metrics) {
        byte[] payload = ("{\"timestamp\":" + at + ",\"metrics\":" + metrics + "}").getBytes(StandardCharsets.UTF_8);
        return new Entry.Message(
                at, Entry.Source.MQTT, "spBv1.0/yard/" + kind + "/edge" + device, payload, false, Optional.empty());
    }

    private Entry part(long at, long moment, Random random) {
        int part = 1 + random.nextInt(3);
        String factor = List.of("a34001", "a34002", "a34004").get(part - 1);
        int value = random.nextInt(10) == 0 ? 900_000 : random.nextInt(1_000);
        return frame(at, "QN=" + STAMP.format(Instant.ofEpochMilli(at)) + "00" + part + ";ST=39;CN=2011;PW=123456;MN=SITE0001;Flag=7;"
                + "PNUM=3;PNO=" + part + ";CP=&&DataTime=" + STAMP.format(Instant.ofEpochMilli(moment)) + ";" + factor + "-Rtd="
                + value + "," + factor + "-Flag=N&&");
    }

    private Entry frame(long at, String segment) {
        String framed = new String(Hj212Answer.frame(segment), StandardCharsets.UTF_8).strip();
        return seal.entry(at, framed.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aliasesAndOpenGroupsOutliveARestart() {
        List<String> all = new ArrayList<>();
        for (long seed = 1; seed <= 4; seed++) {
            List<Entry> entries = history(seed, 600);
            List<String> whole = run(entries, 0);
            all.addAll(whole);
            for (int every : new int[] {1, 7, 61}) {
                assertEquals(whole, run(entries, every), "seed " + seed + " every " + every);
            }
        }
        for (String wanted : List.of("\"out-of-range\"", "\"conflict\"", "\"mean\"")) {
            assertTrue(all.stream().anyMatch(line -> line.contains(wanted)), wanted);
        }
    }

    @Test
    void whatTheyHoldIsUsedAfterIt() {
        List<Entry> birth = List.of(
                sparkplug(START + 1_000, "DBIRTH", "/dust", "[{\"name\":\"PM10\",\"alias\":9,\"value\":5}]"),
                sparkplug(START + 2_000, "DDATA", "/dust", "[{\"alias\":9,\"value\":300000}]"));
        assertTrue(run(birth, 1).stream().anyMatch(line -> line.contains("out-of-range")));
        assertTrue(run(birth.subList(1, 2), 1).stream().noneMatch(line -> line.contains("out-of-range")));
        Random random = new Random(5);
        List<Entry> parts = new ArrayList<>();
        while (parts.size() < 30) {
            parts.add(part(START + 1_000 * (1 + parts.size()), START, random));
        }
        // Three parts make one moment; all that is said again of it is refused, before a restart and after one alike.
        assertEquals(run(parts, 0), run(parts, 1));
        assertTrue(run(parts, 1).stream().anyMatch(line -> line.contains("\"rejection\"")));
    }
}
