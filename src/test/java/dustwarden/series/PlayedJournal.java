package dustwarden.series;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.core.Taken;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.StoredDecision;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A real ledger whose entries a real core judges, one site of every device in it, for tests of views. */
public final class PlayedJournal implements AutoCloseable {
    public static final String SITE = "xx-test-01";

    private static final String REGISTER = """
            site: xx-test-01
            name: {zh: 一号工地, en: Site 1}
            region: "410000/410700/410702/honglou"
            position: [35.3, 113.9]
            rulebook: [henan-seven, gb-16297-1996]
            contractor: {id: acme, name: {zh: 某某, en: Acme}}
            contacts: [{role: supervisor, name: Li, channels: [site-robot]}, {role: duty, name: Wang}]
            units: [{id: fence-01, kind: fence, length: 100, height: 2.5}, {id: soil-01, kind: soil, area: 800}]
            gates: [{id: gate-a}]
            devices:
              - {id: dust-1, kind: monitor, every: PT1M, side: NE}
              - {id: dust-2, kind: monitor, every: PT1M, side: SW}
              - {id: cam-1, kind: camera, every: PT1M}
              - {id: wash-a, kind: gate, gate: gate-a, every: PT2M}
              - {id: fence-s1, kind: unit-sensor, units: [fence-01], every: PT10M}
            """;

    private final SqliteLedger ledger;
    private final RecentLog log;
    private final Core core;
    private final Contents contents;
    private final List<Entry> waiting = new ArrayList<>();
    private final List<StoredDecision> decided = new ArrayList<>();
    private long now = at("2026-03-14T09:00:00+08:00");

    public PlayedJournal(Path directory) {
        this(directory, "");
    }

    /** @param devices further lines of the register's list of devices */
    PlayedJournal(Path directory, String devices) {
        try {
            Path register = Files.createDirectories(directory.resolve("register"));
            Files.writeString(register.resolve("one.yaml"), REGISTER + devices);
            contents = ContentLoader.load(
                            ContentSources.of(register, Optional.empty()), secret -> secret)
                    .value()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        ledger = SqliteLedger.open(
                directory, InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z")), ContentReader.ZONE);
        contents.all().forEach(c -> ledger.putContent(c.kind(), c.name(), c.json().getBytes(StandardCharsets.UTF_8)));
        core = new Core(new ContentReader(contents.byHash()::get));
        log = new RecentLog(ledger);
        add(new Entry.Resumed(now, "test", contents.refs()));
    }

    public static long at(String time) {
        return OffsetDateTime.parse(time).toInstant().toEpochMilli();
    }

    public SqliteLedger ledger() {
        return ledger;
    }

    public RecentLog log() {
        return log;
    }

    public Content content() {
        return new ContentReader(contents.byHash()::get).apply(contents.refs());
    }

    /** What is in force. */
    public List<Entry.ContentRef> refs() {
        return contents.refs();
    }

    public long now() {
        return now;
    }

    /** Moves the clock. */
    public PlayedJournal pass(long ms) {
        now += ms;
        return this;
    }

    /** A message of a device, received now; {@code NOW} in the body is now. */
    public PlayedJournal send(String device, String stream, String body) {
        String topic = "dust/v1/" + SITE + "/" + device + "/" + stream;
        byte[] payload = body.replace("NOW", String.valueOf(now)).getBytes(StandardCharsets.UTF_8);
        return add(new Entry.Message(now, Entry.Source.MQTT, topic, payload, false, Optional.empty()));
    }

    public PlayedJournal reading(String device, double pm10) {
        return send(device, "reading", "{\"ts\":NOW,\"values\":{\"pm10\":" + pm10 + ",\"windSpeed\":2.0}}");
    }

    public PlayedJournal background(String hour, double pm10) {
        return add(new Entry.Message(now, Entry.Source.MQTT, "dust/v1/region/honglou/background",
                ("{\"ts\":\"" + hour + "\",\"period\":\"PT1H\",\"values\":{\"pm10\":" + pm10 + "}}")
                        .getBytes(StandardCharsets.UTF_8),
                false, Optional.empty()));
    }

    /** A truck that leaves by the gate without a wash. */
    public PlayedJournal unwashed(String id) {
        return send("wash-a", "passage", "{\"ts\":NOW,\"id\":\"" + id + "\",\"direction\":\"out\",\"vehicle\":\"truck\","
                + "\"plate\":\"豫G12345\",\"loaded\":false,\"bypass\":true,\"wash\":{\"seconds\":0,\"pump\":false,\"wheels\":\"dirty\"}}");
    }

    /** A truck that leaves washed and covered. */
    public PlayedJournal washed(String id) {
        return send("wash-a", "passage", "{\"ts\":NOW,\"id\":\"" + id + "\",\"direction\":\"out\",\"vehicle\":\"truck\","
                + "\"loaded\":true,\"cargo\":\"spoil\",\"covered\":true,\"wash\":{\"seconds\":90,\"pump\":true,\"wheels\":\"clean\"}}");
    }

    public PlayedJournal act(String json) {
        return add(new Entry.Act(now, json));
    }

    public PlayedJournal add(Entry entry) {
        waiting.add(entry);
        return this;
    }

    /** Stores what waits and what is decided at it, then tells the recent log, as the journal does. */
    public PlayedJournal commit() {
        long first = ledger.position().nextOffset();
        long number = ledger.position().nextDecision();
        List<Optional<List<Taken>>> taken = new ArrayList<>();
        for (int i = 0; i < waiting.size(); i++) {
            for (Decision decision : core.step(first + i, waiting.get(i))) {
                byte[] json = DecisionJson.write(decision, core.zoneOf(decision)).getBytes(StandardCharsets.UTF_8);
                decided.add(new StoredDecision(number + decided.size(), decision.offset(), decision.at(), decision.type(),
                        decision.concerns(), json));
            }
            taken.add(core.taken());
        }
        List<Entry> entries = List.copyOf(waiting);
        List<StoredDecision> decisions = List.copyOf(decided);
        ledger.append(entries, decisions, first + entries.size());
        waiting.clear();
        decided.clear();
        log.entriesCommitted(first, entries);
        log.stepped(first, taken);
        log.decisionsCommitted(number, decisions);
        return this;
    }

    /** An eventful hour and more: readings of two monitors, a background, passages, a camera, refused input. */
    public PlayedJournal hour() {
        send("cam-1", "camera", "{\"ts\":NOW,\"online\":true,\"recording\":true,\"blocked\":false,\"moved\":false}");
        send("fence-s1", "unit", "{\"ts\":NOW,\"unit\":\"fence-01\",\"good\":true}");
        for (int minute = 0; minute < 75; minute++) {
            reading("dust-1", 100 + minute).reading("dust-2", 50 + minute % 7);
            if (minute % 20 == 5) {
                unwashed("p" + minute);
                send("dust-1", "reading", "{\"ts\":NOW,\"values\":{\"pm10\":-5}}");
                send("dust-1", "reading", "nonsense");
                send("dust-2", "reading",
                        "[{\"ts\":" + (now + 1000) + ",\"values\":{\"pm10\":1.5},\"flags\":{\"pm10\":\"D\"}},{\"ts\":1}]");
            }
            if (minute % 20 == 15) {
                washed("w" + minute);
            }
            if (minute == 62) {
                background("2026-03-14T09:00:00+08:00", 30);
            }
            pass(60_000);
        }
        return this;
    }

    @Override
    public void close() {
        ledger.close();
    }
}
