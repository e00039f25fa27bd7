package dustwarden.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.core.alarm.AlarmEvent;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Site;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.StoredDecision;
import dustwarden.series.Cursor;
import dustwarden.series.Json;
import dustwarden.series.RecentLog;
import dustwarden.series.ViewRunner;
import dustwarden.series.ViewTurn;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import dustwarden.settings.Suppression;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sprays commanded out of a real journal, and what came of it judged by a real core. */
class SprayViewTest {
    private static final String SITE = """
            site: xx-test-01
            name: {zh: 一号工地, en: Site 1}
            region: "410000/410700/410702/honglou"
            rulebook: [henan-seven]
            contacts: [{role: supervisor, name: Li}]
            units: [{id: fence-01, kind: fence, length: 100, height: 2.5}]
            devices:
              - {id: dust-1, kind: monitor, every: PT1M, side: SW}
              - {id: dust-2, kind: monitor, every: PT1M, side: NE}
              - {id: fog-1, kind: spray, every: PT1M, suppresses: [earthwork]}
            """;

    @TempDir
    Path directory;

    private final List<JsonNode> told = new ArrayList<>();
    private final List<String> topics = new ArrayList<>();
    private final List<Decision> decided = new ArrayList<>();
    private SqliteLedger ledger;
    private RecentLog log;
    private Core core;
    private Contents contents;
    private SprayTerms.Mode mode = SprayTerms.Mode.ON;
    private long now = Instant.parse("2026-05-14T02:00:00Z").toEpochMilli();
    private long wall = now;

    static Site site(YAMLMapper yaml, Problems problems) throws Exception {
        Path file = Files.createTempDirectory("spray-site");
        Files.writeString(file.resolve("one.yaml"), SITE);
        Contents contents = ContentLoader.load(ContentSources.of(file, Optional.empty()), s -> s).value().orElseThrow();
        Content content = new ContentReader(contents.byHash()::get).apply(contents.refs());
        return content.register().site("xx-test-01").orElseThrow();
    }

    @BeforeEach
    void open() throws Exception {
        Path register = Files.createDirectories(directory.resolve("register"));
        Files.writeString(register.resolve("one.yaml"), SITE);
        contents = ContentLoader.load(ContentSources.of(register, Optional.empty()), s -> s).value().orElseThrow();
        ledger = SqliteLedger.open(directory, InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z")), ContentReader.ZONE);
        contents.all().forEach(c -> ledger.putContent(c.kind(), c.name(), c.json().getBytes(StandardCharsets.UTF_8)));
        core = new Core(new ContentReader(hash -> contents.byHash().get(hash)));
        log = new RecentLog(ledger);
        commit(new Entry.Resumed(now, "test", contents.refs()));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void commit(Entry... entries) {
        long offset = ledger.position().nextOffset();
        long number = ledger.position().nextDecision();
        List<StoredDecision> stored = new ArrayList<>();
        for (int i = 0; i < entries.length; i++) {
            for (Decision decision : core.step(offset + i, entries[i])) {
                decided.add(decision);
                stored.add(new StoredDecision(number + stored.size(), decision.offset(), decision.at(), decision.type(),
                        decision.concerns(), DecisionJson.write(decision, core.zoneOf(decision)).getBytes(StandardCharsets.UTF_8)));
            }
        }
        ledger.append(List.of(entries), stored, offset + entries.length);
    }

    private Entry message(String device, String stream, String body) {
        return new Entry.Message(now, Entry.Source.MQTT, "dust/v1/xx-test-01/" + device + "/" + stream,
                body.replace("NOW", String.valueOf(now)).getBytes(StandardCharsets.UTF_8), false, Optional.empty());
    }

    private void minute(ViewRunner runner, double pm10, boolean on) {
        now += 60_000;
        wall += 60_000;
        commit(message("dust-1", "reading", "{\"ts\":NOW,\"values\":{\"pm10\":" + pm10 + ",\"temperature\":20,\"windDirection\":45}}"),
                message("dust-2", "reading", "{\"ts\":NOW,\"values\":{\"pm10\":60}}"),
                message("fog-1", "spray", "{\"ts\":NOW,\"on\":" + on + ",\"flow\":" + (on ? 12 : 0) + "}"));
        while (ViewTurn.turn(runner)) {
            // One batch after the other until nothing is left.
        }
    }

    private SprayView view(Path at) {
        SprayTerms d = SprayTerms.DEFAULT;
        SprayTerms terms = new SprayTerms(mode, d.start(), d.stopShare(), d.startFor(), d.stopFor(), d.minRun(), d.minPause(), d.maxRun(),
                d.maxDay(), d.frost(), d.rain(), d.stale(), d.answer(), d.effectAfter(), d.effectDrop());
        return new SprayView(at, Cursor.START, new SprayView.Doors(s -> terms, (topic, body) -> {
            topics.add(topic);
            told.add(Json.parse(body));
            return CompletableFuture.completedFuture(null);
        }, json -> commit(new Entry.Act(now, json)), () -> Instant.ofEpochMilli(wall)));
    }

    private ViewRunner runner(SprayView view) {
        return new ViewRunner(log, view, new ViewRunner.Pace(1_000, Duration.ZERO), batch -> {});
    }

    @Test
    void tellsTheSprayAndRaisesAnAlarmWhenNothingChanges() {
        SprayView view = view(directory);
        try (ViewRunner runner = runner(view)) {
            boolean on = false;
            for (int i = 0; i < 20; i++) {
                minute(runner, 300, on);
                on = !told.isEmpty() && told.get(told.size() - 1).path("spray").asBoolean();
            }
            assertEquals("warden/v1/xx-test-01/fog-1/set", topics.get(0));
            assertEquals(true, told.get(0).path("spray").asBoolean());
            assertTrue(told.get(0).path("until").asText().endsWith("+08:00"), told.get(0).toString());
            assertEquals("pm10-above-150", told.get(0).path("reason").asText());
            JsonNode row = Json.parse(view.list(Optional.of("xx-test-01"), Optional.empty(), 10, Optional.empty()).items().get(0));
            assertEquals("answered", row.path("outcome").asText(), row.toString());
            assertEquals("none", row.path("effect").asText());
            AlarmEvent.Transition alarm = decided.stream().filter(d -> d instanceof Decision.Alarm).map(d -> ((Decision.Alarm) d).is())
                    .filter(a -> a.rule().equals("spray-without-effect")).findFirst().orElseThrow();
            assertEquals("fog-1", alarm.subject());
            assertEquals("raised", alarm.transition());
            assertTrue(decided.stream().anyMatch(d -> d instanceof Decision.Notice n && n.alarm().equals(alarm.id())));

            // The next run lowers the dust: the alarm returns by itself.
            commit(new Entry.Act(now, "{\"act\":\"effect\",\"site\":\"xx-test-01\",\"device\":\"fog-1\",\"effective\":true,"
                    + "\"person\":\"dustwarden\",\"numbers\":{\"before\":200.0,\"after\":40.0}}"));
            minute(runner, 100, on);
            assertTrue(decided.stream().anyMatch(d -> d instanceof Decision.Alarm a && a.is().id().equals(alarm.id())
                    && a.is().transition().equals("returned")));
        }
    }

    /** A view under settings that turn nothing on: only what a site's own file says counts. */
    private SprayView byFiles(Path at) {
        return new SprayView(at, Cursor.START, new SprayView.Doors(new Suppression(SprayTerms.DEFAULT, Map.of())::of, (topic, body) -> {
            topics.add(topic);
            told.add(Json.parse(body));
            return CompletableFuture.completedFuture(null);
        }, json -> commit(new Entry.Act(now, json)), () -> Instant.ofEpochMilli(wall)));
    }

    /** The site's file is changed while it runs. */
    private void change(String more) throws Exception {
        Files.writeString(directory.resolve("register/one.yaml"), SITE + more);
        contents = ContentLoader.load(ContentSources.of(directory.resolve("register"), Optional.empty()), s -> s).value().orElseThrow();
        contents.all().forEach(c -> ledger.putContent(c.kind(), c.name(), c.json().getBytes(StandardCharsets.UTF_8)));
        commit(new Entry.Changed(now, contents.refs()));
    }

    @Test
    void aSitesOwnFileGoesBeforeTheSettingsAndHoldsFromItsEntryOn() throws Exception {
        try (ViewRunner runner = runner(byFiles(directory))) {
            for (int i = 0; i < 6; i++) {
                minute(runner, 140, false);
            }
            assertEquals(List.of(), told, "the settings have sprays off");
            change("suppression: {mode: on, start: 120, startFor: PT1M}\n");
            for (int i = 0; i < 4 && told.isEmpty(); i++) {
                minute(runner, 140, false);
            }
            assertEquals("pm10-above-120", told.get(0).path("reason").asText());
            told.clear();
            change("suppression: {mode: off}\n");
            for (int i = 0; i < 60; i++) {
                minute(runner, 140, false);
            }
            assertEquals(List.of(), told);
        }
    }

    @Test
    void aSprayThatTheFileDoesNotNameIsLeftToHands() throws Exception {
        change("  - {id: fog-9, kind: spray, every: PT1M, suppresses: [earthwork]}\n"
                + "suppression: {mode: on, start: 120, startFor: PT1M, sprays: [fog-9]}\n");
        try (ViewRunner runner = runner(byFiles(directory))) {
            for (int i = 0; i < 6; i++) {
                minute(runner, 140, false);
            }
            assertEquals(Set.of("warden/v1/xx-test-01/fog-9/set"), Set.copyOf(topics));
        }
    }

    @Test
    void aDryRunSaysNothingToAnybody() {
        mode = SprayTerms.Mode.DRY_RUN;
        SprayView view = view(directory);
        try (ViewRunner runner = runner(view)) {
            for (int i = 0; i < 50; i++) {
                minute(runner, 300, false);
            }
            assertEquals(List.of(), told);
            List<String> rows = view.list(Optional.empty(), Optional.empty(), 10, Optional.empty()).items();
            assertTrue(rows.size() >= 2 && rows.stream().allMatch(r -> r.contains("\"outcome\":\"dry-run\"")), rows.toString());
            assertTrue(decided.stream().noneMatch(d -> d.type().equals("alarm") && d.toString().contains("spray-without-effect")));
        }
    }

    @Test
    void aPastThatIsPlayedAndAJournalThatIsBehindTellNothing() {
        wall += Duration.ofHours(1).toMillis();
        SprayView view = view(directory);
        try (ViewRunner runner = runner(view)) {
            for (int i = 0; i < 20; i++) {
                minute(runner, 300, false);
            }
            assertEquals(List.of(), told);
        }
    }

    @Test
    void aPersonsWordIsJournaledAndObeyed() {
        SprayView view = view(directory);
        try (ViewRunner runner = runner(view)) {
            minute(runner, 20, false);
            commit(new Entry.Act(now, "{\"act\":\"override\",\"site\":\"xx-test-01\",\"device\":\"fog-1\",\"mode\":\"on\",\"until\":"
                    + "\"2026-05-14T10:30:00+08:00\",\"person\":\"Li\",\"text\":\"dusty road\"}"));
            minute(runner, 20, false);
            assertEquals("manual", told.get(0).path("reason").asText());
            assertEquals("2026-05-14T10:30:00.000+08:00", told.get(0).path("until").asText());
            assertTrue(decided.stream().anyMatch(d -> d instanceof Decision.Finding f && f.kind().equals("spray-override")
                    && "Li".equals(f.numbers().get("person"))));
        }
    }

    @Test
    void aRestartRepeatsNoCommand() {
        SprayView view = view(directory);
        try (ViewRunner runner = runner(view)) {
            boolean on = false;
            for (int i = 0; i < 7; i++) {
                minute(runner, 300, on);
                on = !told.isEmpty();
            }
            assertEquals(1, told.size());
        }
        SprayView again = view(directory);
        try (ViewRunner runner = runner(again)) {
            for (int i = 0; i < 5; i++) {
                minute(runner, 300, true);
            }
            assertEquals(1, told.size());
        }
    }
}
