package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
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
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States are stored and read again anywhere in a history of failures and acts: the decisions stay the same, byte for byte. */
class CoreRestartTest {
    private static final long START = Instant.parse("2026-03-15T16:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;

    @TempDir
    private Path dir;

    private Contents contents;
    private Content content;

    @BeforeEach
    void register() throws IOException {
        for (int i = 0; i < 6; i++) {
            Files.writeString(dir.resolve("s-" + i + ".yaml"), """
                    site: s-%d
                    name: {zh: 工地, en: site}
                    region: "410000/410700"
                    rulebook: henan-seven
                    contacts: [{role: supervisor, name: Li}, {role: project-manager, name: Sun}, {role: regulator, name: Zhao}]
                    alarms: {quiet: {from: "22:00", to: "06:00"}, verifyAfter: PT2H}
                    units: [{id: fence-01, kind: fence, length: 100, height: 2.5}]
                    gates: [{id: gate-a}]
                    devices:
                      - {id: fence-s1, kind: unit-sensor, units: [fence-01], every: PT10M}
                      - {id: wash-a, kind: gate, gate: gate-a, every: PT10M}
                      - {id: spray-1, kind: spray, every: PT2M, suppresses: [earthwork]}
                      - {id: spray-2, kind: spray, every: PT20M, suppresses: [earthwork]}
                    """.formatted(i));
        }
        contents = ContentLoader.load(ContentSources.of(dir, Optional.empty()), FrameSeal.forOneRun()::passwordHash)
                .value().orElseThrow();
        content = new ContentReader(contents.byHash()::get).apply(contents.refs());
    }

    /** Decides a random history; every so many entries the core is stored and read again. */
    private List<String> run(long seed, int steps, int restartEvery) {
        Core core = new Core(refs -> content);
        core.prepare(contents.refs(), START);
        Random random = new Random(seed);
        List<String> said = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        long at = START;
        for (int i = 0; i < steps; i++) {
            if (restartEvery > 0 && i > 0 && i % restartEvery == 0) {
                core = RestartedCore.again(core, content, i - 1);
            }
            at += random.nextInt(10) == 0 ? random.nextInt(60) * MINUTE : random.nextInt(3) * MINUTE;
            for (Decision decision : core.step(i, entry(random, at, ids))) {
                String json = DecisionJson.write(decision, core.zoneOf(decision));
                said.add(json);
                if (decision instanceof Decision.Alarm alarm && !ids.contains(alarm.is().id())) {
                    ids.add(alarm.is().id());
                }
                if (decision instanceof Decision.Filed filed) {
                    ids.add(filed.filing().id());
                }
            }
        }
        return said;
    }

    private static Entry entry(Random random, long at, List<String> ids) {
        String site = "s-" + random.nextInt(6);
        int kind = random.nextInt(20);
        if (kind == 0) {
            return random.nextBoolean()
                    ? new Entry.Link(at, "mqtt", random.nextInt(3) > 0)
                    : new Entry.Act(at, "{\"act\":\"channel\",\"person\":\"dustwarden\",\"channel\":\"c-" + random.nextInt(2)
                            + "\",\"works\":" + random.nextBoolean() + ",\"text\":\"401\"}");
        }
        if (kind > 15) {
            return new Entry.Message(at, Entry.Source.MQTT, "dust/v1/" + site + "/spray-" + (1 + random.nextInt(2)) + "/status",
                    "{\"state\":\"online\"}".getBytes(StandardCharsets.UTF_8), false, Optional.empty());
        }
        if (kind < 5) {
            String id = ids.isEmpty() ? "none" : ids.get(Math.max(0, ids.size() - 1 - random.nextInt(8)));
            String[] acts = {"acknowledge", "rectify", "verify", "shelve", "unshelve", "comment", "object", "approve", "unwaive", "waive"};
            String act = acts[random.nextInt(acts.length)];
            return new Entry.Act(at, "{\"act\":\"" + act + "\",\"alarm\":\"" + id + "\",\"waiver\":\"" + id + "\",\"person\":\""
                    + (random.nextBoolean() ? "Li" : "Wang") + "\",\"text\":\"t\",\"site\":\"" + site
                    + "\",\"reason\":\"maintenance\",\"until\":" + (at + random.nextInt(300) * MINUTE) + "}");
        }
        String body = kind < 9
                ? "{\"ts\":" + at + ",\"id\":\"p" + at + random.nextInt() + "\",\"direction\":\"out\",\"wash\":{\"wheels\":\""
                        + (random.nextInt(3) == 0 ? "dirty" : "clean") + "\"}}"
                : "{\"ts\":" + at + ",\"unit\":\"fence-01\",\"good\":" + random.nextBoolean() + "}";
        String topic = "dust/v1/" + site + (kind < 9 ? "/wash-a/passage" : "/fence-s1/unit");
        return new Entry.Message(at, Entry.Source.MQTT, topic, body.getBytes(StandardCharsets.UTF_8), false, Optional.empty());
    }

    @Test
    void aRestartAnywhereDecidesTheSame() {
        List<String> all = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            List<String> whole = run(seed, 1_200, 0);
            all.addAll(whole);
            same(whole, run(seed, 1_200, 37));
            same(run(seed, 250, 0), run(seed, 250, 1));
        }
        for (String wanted : List.of("acknowledged", "rectified", "returned", "closed", "shelved", "out-of-service", "escalated")) {
            assertTrue(all.stream().anyMatch(line -> line.contains("\"transition\":\"" + wanted + "\"")), wanted);
        }
        for (String rule : List.of("site-silent", "region-silent", "channel-dead", "link-down")) {
            assertTrue(all.stream().anyMatch(line -> line.contains("\"rule\":\"" + rule + "\"")), rule);
        }
        assertTrue(all.stream().filter(line -> line.contains("\"site\":\"region\"")).anyMatch(line -> line.contains("\"escalated\"")));
    }

    /** The first line that differs says more than all of them. */
    private static void same(List<String> whole, List<String> restarted) {
        for (int i = 0; i < Math.min(whole.size(), restarted.size()); i++) {
            assertEquals(whole.get(i), restarted.get(i), "decision " + i);
        }
        assertEquals(whole.size(), restarted.size());
    }
}
