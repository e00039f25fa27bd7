package dustwarden.series;

import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.StoredDecision;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import dustwarden.simulate.Publication;
import dustwarden.simulate.ScenarioFile;
import dustwarden.simulate.ScenarioPlayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real ledger of the demo's sites: an hour of the demo a day ago and the last hour, judged by a real core, with what an hour
 * need not hold: acts of people, a clock that is off, a background of every county, a truck left open.
 */
final class DemoJournal implements AutoCloseable {
    /** When it ends; in the working hours of the demo's sites. */
    static final Instant END = Instant.parse("2026-03-18T04:05:00Z");

    private static final int HOUR_S = 3_600;
    private static final String SITE = "xx-hongqi-01";

    private final SqliteLedger ledger;
    private final Core core;
    private final ScenarioPlayer player;
    private final List<String> raised = new ArrayList<>();
    private final List<Entry> waiting = new ArrayList<>();

    DemoJournal(Path directory) throws IOException {
        player = new ScenarioPlayer(ScenarioFile.shipped("demo"));
        Contents contents = ContentLoader.load(
                        new ContentSources(Optional.empty(), Optional.empty(), Optional.empty(), true, ContentReader.ZONE,
                                Optional.empty(), false),
                        secret -> secret)
                .value()
                .orElseThrow();
        ledger = SqliteLedger.open(directory, InstantSource.fixed(END.plusSeconds(1)), ContentReader.ZONE);
        contents.all().forEach(c -> ledger.putContent(c.kind(), c.name(), c.json().getBytes(StandardCharsets.UTF_8)));
        core = new Core(new ContentReader(contents.byHash()::get));
        Instant before = END.minusSeconds(27 * HOUR_S);
        waiting.add(new Entry.Resumed(before.toEpochMilli(), "test", contents.refs()));
        play(before, before.plusSeconds(HOUR_S));
        commit();
        people(before.plusSeconds(HOUR_S).toEpochMilli());
        openTruck(END.minusSeconds(14 * HOUR_S).toEpochMilli());
        Instant last = END.minusSeconds(HOUR_S + 600);
        oddities(last.toEpochMilli());
        play(last, END);
        commit();
    }

    private void play(Instant from, Instant to) {
        for (Publication each : player.between(from, to)) {
            message(each.at().toEpochMilli(), each.topic(), new String(each.payload(), StandardCharsets.UTF_8));
        }
    }

    private void people(long at) {
        for (int i = 0; i < Math.min(4, raised.size()); i++) {
            for (String act : List.of("acknowledge", "rectify")) {
                waiting.add(new Entry.Act(at, "{\"act\":\"" + act + "\",\"alarm\":\"" + raised.get(i)
                        + "\",\"person\":\"Li\",\"text\":\"seen\"}"));
            }
        }
    }

    private void oddities(long at) {
        for (int i = 0; i < 8; i++) {
            long ts = at - 20 * 60_000 + i * 60_000;
            message(ts, "dust/v1/" + SITE + "/dust-2/reading", "{\"ts\":" + (ts - 180_000) + ",\"values\":{\"pm10\":" + (80 + i) + "}}");
        }
        long hour = at - at % 3_600_000 - 3_600_000;
        for (String node : List.of("410000", "130000")) {
            message(at - 60_000, "dust/v1/region/" + node + "/background",
                    "{\"ts\":" + hour + ",\"period\":\"PT1H\",\"values\":{\"pm10\":60.0}}");
        }
    }

    private void openTruck(long at) {
        message(at - 30_000, "dust/v1/" + SITE + "/wash-a/passage", "{\"ts\":" + (at - 30_000) + ",\"id\":\"odd-1\",\"direction\":\"out\","
                + "\"vehicle\":\"truck\",\"loaded\":true,\"cargo\":\"spoil\",\"covered\":false,\"bypass\":true,"
                + "\"wash\":{\"seconds\":0,\"pump\":false,\"wheels\":\"dirty\"}}");
    }

    private void message(long at, String topic, String body) {
        waiting.add(new Entry.Message(
                at, Entry.Source.MQTT, topic, body.getBytes(StandardCharsets.UTF_8), false, Optional.empty()));
    }

    private void commit() {
        long first = ledger.position().nextOffset();
        long number = ledger.position().nextDecision();
        List<StoredDecision> decided = new ArrayList<>();
        for (int i = 0; i < waiting.size(); i++) {
            for (Decision decision : core.step(first + i, waiting.get(i))) {
                byte[] json = DecisionJson.write(decision, core.zoneOf(decision)).getBytes(StandardCharsets.UTF_8);
                decided.add(new StoredDecision(number + decided.size(), decision.offset(), decision.at(), decision.type(),
                        decision.concerns(), json));
                if (decision.type().equals("alarm") && Json.parse(json).path("transition").asText().equals("raised")) {
                    raised.add(Json.parse(json).path("id").asText());
                }
            }
        }
        ledger.append(List.copyOf(waiting), decided, first + waiting.size());
        waiting.clear();
    }

    SqliteLedger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        ledger.close();
    }
}
