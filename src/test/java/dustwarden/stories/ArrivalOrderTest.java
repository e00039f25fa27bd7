package dustwarden.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.ledger.StateCodec;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is reported of a day, and in whatever order it arrives within ten minutes of its time: the final verdicts are
 * the same, a second delivery changes nothing, and a core that was stored and read again in between decides the same bytes.
 */
class ArrivalOrderTest {
    private static final long DAY = OffsetDateTime.parse("2026-03-14T00:00:00+08:00").toInstant().toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long LATE_MAX_MS = 590_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SITE = """
            site: s-1
            name: {zh: 工地, en: site}
            region: "130000/130100"
            rulebook: [henan-seven, hebei-db13-2934-2019, gb-16297-1996]
            perimeter: 100
            phases: [{from: 2026-03-01, to: 2026-03-31, works: [earthwork, haulage]}]
            units: [{id: fence-1, kind: fence, length: 100, height: 2.5}, {id: soil-1, kind: soil, area: 500}]
            gates: [{id: gate-a}]
            devices:
              - {id: dust, kind: monitor, every: PT30M}
              - {id: cam, kind: camera, every: PT30M}
              - {id: wash, kind: gate, gate: gate-a, every: PT30M}
              - {id: fence, kind: unit-sensor, every: PT30M}
              - {id: dig, kind: activity, activity: earthwork, every: PT30M}
              - {id: fog, kind: spray, every: PT30M, suppresses: [earthwork]}
            """;
    private static final Contents CONTENTS = contents();

    /** Something that a device reports of a moment, and how long it may be on its way in one order of arrival or another. */
    private record Said(long ts, String topic, String body, long one, long other) {
        /** A late report is received together with the device's next ones at the latest, so its clock looks good. */
        Entry.Message after(long delay) {
            String payload = "{\"ts\":" + ts + "," + body + "}";
            return new Entry.Message(ts + delay, Entry.Source.MQTT, "dust/v1/s-1/" + topic, payload.getBytes(StandardCharsets.UTF_8),
                    false, Optional.empty());
        }
    }

    private static Contents contents() {
        try {
            Path register = Files.createTempDirectory("order");
            Files.writeString(register.resolve("s-1.yaml"), SITE);
            Contents read = ContentLoader.load(ContentSources.of(register, Optional.empty()), secret -> secret)
                    .value().orElseThrow();
            Files.delete(register.resolve("s-1.yaml"));
            Files.delete(register);
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Core core() {
        Map<String, String> byHash = CONTENTS.byHash();
        return new Core(new ContentReader(byHash::get));
    }

    /** A report a minute or so of anything, at least every other one of them on time. */
    @Provide
    Arbitrary<List<Said>> days() {
        Arbitrary<String> what = Arbitraries.oneOf(
                Arbitraries.of(10, 90, 400, 1200).map(v -> "dust/reading|\"values\":{\"pm10\":" + v + ",\"tsp\":" + v + "}"),
                Arbitraries.of(true, false).map(on -> "cam/camera|\"online\":true,\"blocked\":" + on),
                Combinators.combine(
                                Arbitraries.of("clean", "dirty", "unknown"), Arbitraries.of("A", "B", "C"), Arbitraries.of(true, false))
                        .as((wheels, plate, covered) -> "wash/passage|\"id\":\"$id\",\"direction\":\"out\",\"plate\":\"" + plate
                                + "\",\"loaded\":true,\"covered\":" + covered + ",\"wash\":{\"wheels\":\"" + wheels + "\"}"),
                Combinators.combine(Arbitraries.of("fence-1", "soil-1"), Arbitraries.of(true, false), Arbitraries.of("sensor", "survey"))
                        .as((unit, good, source) -> "fence/unit|\"unit\":\"" + unit + "\",\"good\":" + good
                                + ",\"source\":\"" + source + "\""),
                Arbitraries.of(true, false).map(run -> "dig/activity|\"activity\":\"earthwork\",\"zone\":\"soil-1\",\"running\":" + run),
                Arbitraries.of(true, false).map(on -> "fog/spray|\"on\":" + on));
        Arbitrary<Integer> minute = Arbitraries.integers().between(5, 24 * 60 - 1);
        Arbitrary<Long> late = Arbitraries.longs().between(0, LATE_MAX_MS);
        return Combinators.combine(minute, what, late, late)
                .as((at, said, one, other) -> new Said(DAY + at * MINUTE, said.split("\\|")[0],
                        said.split("\\|")[1].replace("$id", "p" + at), one, other))
                .list().ofMinSize(1).ofMaxSize(40)
                .map(ArrivalOrderTest::eachMomentOnce);
    }

    /** One report a device and moment: what comes twice for one moment with two bodies is a conflict, where the first stays. */
    private static List<Said> eachMomentOnce(List<Said> all) {
        TreeMap<String, Said> once = new TreeMap<>();
        all.forEach(said -> once.putIfAbsent(said.topic() + said.ts(), said));
        return List.copyOf(once.values());
    }

    /** Every device says every half hour, on time, that it is there. */
    private static List<Entry> withHeartbeats(List<Entry.Message> said) {
        List<Entry> all = new ArrayList<>(said);
        for (long at = DAY; at < DAY + 25 * 60 * MINUTE; at += 30 * MINUTE) {
            for (String device : List.of("dust", "cam", "wash", "fence", "dig", "fog")) {
                all.add(new Entry.Message(at, Entry.Source.MQTT, "dust/v1/s-1/" + device + "/status",
                        "{\"state\":\"online\"}".getBytes(StandardCharsets.UTF_8), false, Optional.empty()));
            }
        }
        all.sort(Comparator.comparingLong(Entry::received));
        return all;
    }

    private static List<String> play(List<Entry> entries, int storeEvery) {
        Core core = core();
        core.prepare(CONTENTS.refs(), DAY);
        List<String> lines = new ArrayList<>();
        long offset = 0;
        for (Entry entry : entries) {
            write(core, core.step(offset, entry), lines);
            if (storeEvery > 0 && offset % storeEvery == storeEvery - 1) {
                core = readAgain(core, offset);
            }
            offset++;
        }
        write(core, core.runUntil(DAY + 28 * 60 * MINUTE), lines);
        return lines;
    }

    private static Core readAgain(Core core, long offset) {
        StateCodec codec = new StateCodec();
        TreeMap<String, Object> states = new TreeMap<>();
        core.states().forEach((key, state) -> states.put(key, codec.read(codec.write(state))));
        Core next = core();
        next.restore(states, core.now(), offset);
        return next;
    }

    private static void write(Core core, List<Decision> decisions, List<String> lines) {
        decisions.forEach(d -> lines.add(DecisionJson.write(d, core.zoneOf(d))));
    }

    /** What the day's final verdicts say last, by rule; how they were told and proved on the way there may differ. */
    private static TreeMap<String, String> finals(List<String> lines) {
        TreeMap<String, String> finals = new TreeMap<>();
        for (String line : lines) {
            try {
                ObjectNode said = (ObjectNode) JSON.readTree(line);
                if (said.path("final").asBoolean()) {
                    finals.put(said.path("rule").asText() + said.path("from").asText(),
                            said.path("state").asText() + " " + said.path("low") + " " + said.path("high") + " " + said.path("capture")
                                    + " " + said.path("reasons"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return finals;
    }

    /** Verdicts and alarms without what counts lines. */
    private static List<String> withoutOffsets(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.contains("\"type\":\"rejection\""))
                .map(line -> line.replaceAll("\"(offset|proof|id|alarm|coveredBy)\":(\\[[^]]*]|[^,}]*)", ""))
                .toList();
    }

    @Property(tries = 20)
    void anyOrderOfArrivalGivesTheSameFinalVerdicts(@ForAll("days") List<Said> day) {
        TreeMap<String, String> one = finals(play(withHeartbeats(day.stream().map(s -> s.after(late(s, day, s.one()))).toList()), 0));
        TreeMap<String, String> other = finals(play(withHeartbeats(day.stream().map(s -> s.after(late(s, day, s.other()))).toList()), 0));
        assertEquals(one, other);
    }

    /** Of each device's reports every other one is on time: steady lateness would be a clock that is off. */
    private static long late(Said said, List<Said> day, long delay) {
        List<Said> ofOne = day.stream().filter(s -> s.topic().equals(said.topic())).sorted(Comparator.comparingLong(Said::ts)).toList();
        return ofOne.indexOf(said) % 2 == 0 ? 0 : delay;
    }

    @Property(tries = 10)
    void aSecondDeliveryChangesNothing(@ForAll("days") List<Said> day) {
        List<Entry.Message> once = day.stream().map(s -> s.after(0)).toList();
        List<Entry.Message> twice = new ArrayList<>(once);
        day.forEach(s -> twice.add(s.after(s.one() + 1)));
        assertEquals(withoutOffsets(play(withHeartbeats(once), 0)), withoutOffsets(play(withHeartbeats(twice), 0)));
    }

    @Property(tries = 5)
    void aCoreThatWasStoredInBetweenDecidesTheSameBytes(@ForAll("days") List<Said> day) {
        List<Entry> entries = withHeartbeats(day.stream().map(s -> s.after(s.one())).toList());
        List<String> whole = play(entries, 0);
        assertEquals(whole, play(entries, 1 + day.size()));
        assertEquals(whole, play(entries, 7));
    }
}
