package dustwarden.app;

import dustwarden.app.node.JournaledCore;
import dustwarden.core.CoreVersion;
import dustwarden.core.Entry;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.StoredDecision;
import dustwarden.settings.Content;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Journals of the shipped sites, judged and stored for tests. */
final class Journals {
    static final long START = Instant.parse("2026-03-14T00:00:00Z").toEpochMilli();
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Journals() {}

    /** Two days of one gate and one monitor, one unwashed truck among them. */
    static List<Entry> twoDays() {
        List<Entry> entries = new ArrayList<>();
        for (int minute = 0; minute < 2 * 24 * 60; minute += 10) {
            long at = START + minute * 60_000L;
            entries.add(message(at, "dust-1", "reading", "{\"ts\":" + at + ",\"values\":{\"pm10\":" + (50 + minute % 40) + "}}"));
            if (minute % 120 == 0) {
                entries.add(message(at + 1, "wash-a", "passage", "{\"ts\":" + at + ",\"id\":\"p" + minute
                        + "\",\"direction\":\"out\",\"wash\":{\"seconds\":" + (minute == 360 ? 5 : 95)
                        + ",\"pump\":" + (minute != 360) + ",\"wheels\":\"" + (minute == 360 ? "dirty" : "clean") + "\"}}"));
            }
        }
        return entries;
    }

    private static Entry message(long at, String device, String stream, String payload) {
        return new Entry.Message(
                at, Entry.Source.MQTT, "dust/v1/xx-hongqi-01/" + device + "/" + stream,
                payload.getBytes(StandardCharsets.UTF_8), false, Optional.empty());
    }

    /** Judges entries after a start and stores them with what they decide, as {@code change} says. */
    static void write(Path data, List<Entry> entries, UnaryOperator<StoredDecision> change) {
        Contents contents = ContentLoader.load(
                        ContentSources.of(Path.of("devices/sites"), Optional.empty()), password -> "0".repeat(64))
                .value().orElseThrow();
        InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(START).plusSeconds(30 * 86_400));
        try (SqliteLedger ledger = SqliteLedger.open(data, clock, ZONE)) {
            for (Content each : contents.all()) {
                ledger.putContent(each.kind(), each.name(), each.json().getBytes(StandardCharsets.UTF_8));
            }
            List<Entry> all = new ArrayList<>(List.of(new Entry.Resumed(START, CoreVersion.CURRENT, contents.refs())));
            all.addAll(entries);
            JournaledCore core = JournaledCore.of(ledger);
            List<StoredDecision> decisions = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                core.step(i, all.get(i)).forEach(d -> decisions.add(change.apply(new StoredDecision(
                        decisions.size(), d.offset(), d.at(), d.type(), d.concerns(), core.write(d)))));
            }
            ledger.append(all, decisions, all.size());
        }
    }
}
