package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Entry;
import dustwarden.core.model.CanonicalJson;
import dustwarden.ledger.SqliteReading;
import dustwarden.ledger.StoredDecision;
import dustwarden.report.BundleVerifier;
import dustwarden.report.EvidenceBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader with nothing but a bundle's JSON comes to the share on which the alarm was raised, for every kind of rule. */
class EvidenceArithmeticTest {
    private static final long MINUTE = 60_000;

    @TempDir
    static Path directory;

    private static Path data;

    @BeforeAll
    static void fillALedger() {
        data = directory.resolve("data");
        List<Entry> entries = new ArrayList<>();
        long order = Journals.START + 20 * MINUTE;
        entries.add(message(order, "region/410700", "order", "{\"id\":\"o-1\",\"kind\":\"pollution\",\"grade\":\"orange\",\"from\":" + order
                + ",\"to\":" + (order + 300 * MINUTE) + ",\"bans\":[\"earthwork\",\"demolition\",\"haulage\"]}"));
        for (int minute = 1; minute < 240; minute++) {
            long at = Journals.START + minute * MINUTE;
            boolean digs = minute >= 10 && minute < 200;
            boolean wet = minute < 60 || minute > 90;
            site(entries, at, "dig-1/activity", "\"activity\":\"earthwork\",\"running\":" + digs);
            if (minute < 40 || minute > 44) {
                site(entries, at + 1, "spray-1/spray", "\"on\":" + wet + ",\"flow\":12.5");
            }
            for (int camera = 1; camera < 5; camera++) {
                if (camera != 2 || minute < 30 || minute > 37) {
                    boolean online = camera != 3 || minute < 100 || minute > 140;
                    site(entries, at + 1 + camera, "cam-" + camera + "/camera", "\"online\":" + online);
                }
            }
            if (minute % 10 == 5) {
                site(entries, at + 20, "fence-s1/unit", "\"unit\":\"fence-01\",\"good\":" + (minute < 55) + ",\"share\":0.8");
                site(entries, at + 21, "fence-s1/unit", "\"unit\":\"fence-02\",\"good\":true");
                site(entries, at + 22, "dust-1/reading", "\"values\":{\"temperature\":15,\"windSpeed\":2.5,\"windDirection\":10}");
                site(entries, at + 23, "survey-1/unit", "\"unit\":\"soil-01\",\"good\":" + (minute < 100) + ",\"share\":0.65");
            }
        }
        entries.sort((a, b) -> Long.compare(a.received(), b.received()));
        Journals.write(data, entries, UnaryOperator.identity());
    }

    private static void site(List<Entry> entries, long at, String path, String body) {
        int slash = path.indexOf('/');
        entries.add(message(at, "xx-hongqi-01/" + path.substring(0, slash), path.substring(slash + 1), "{\"ts\":" + at + "," + body + "}"));
    }

    private static Entry message(long at, String who, String stream, String payload) {
        return new Entry.Message(at, Entry.Source.MQTT, "dust/v1/" + who + "/" + stream,
                payload.getBytes(StandardCharsets.UTF_8), false, Optional.empty());
    }

    private record Bundle(JsonNode steps, JsonNode lines, JsonNode verdict) {
        double low() {
            return verdict.path("low").asDouble();
        }

        double high() {
            return verdict.path("high").asDouble();
        }
    }

    /** Of the first alarm of a rule, verified first. */
    private static Bundle bundle(String rule) throws IOException {
        try (SqliteReading ledger = SqliteReading.open(data)) {
            for (StoredDecision d : ledger.decisions(0, 100_000)) {
                JsonNode json = CanonicalJson.parse(new String(d.json(), StandardCharsets.UTF_8));
                if (d.type().equals("alarm") && json.path("rule").asText().equals("henan-seven/" + rule)) {
                    EvidenceBundle bundle = new EvidenceBundle(ledger, alarm -> List.of(),
                            InstantSource.fixed(Instant.ofEpochMilli(Journals.START)), "test");
                    byte[] zip = bundle.zip(json.path("id").asText(), d.site().orElseThrow(), d.at()).orElseThrow();
                    Path file = Files.write(Files.createTempFile(directory, "bundle", ".zip"), zip);
                    BundleVerifier.verify(file, Map.of());
                    JsonNode steps = CanonicalJson.parse(
                            new String(EvidenceBundleTest.unzipped(zip).get("steps.json"), StandardCharsets.UTF_8));
                    String page = new String(EvidenceBundleTest.unzipped(zip).get("evidence.html"), StandardCharsets.UTF_8);
                    assertTrue(page.contains("line by line"), rule);
                    JsonNode verdict = steps.path("share").path("verdict");
                    assertTrue(verdict.path("agrees").asBoolean(), rule + ": " + steps.path("share") + " " + steps.path("lines"));
                    return new Bundle(steps, steps.path("lines"), stored(steps, verdict.path("number").asLong()));
                }
            }
        }
        throw new IllegalStateException("no alarm of " + rule);
    }

    private static JsonNode stored(JsonNode steps, long number) {
        for (JsonNode verdict : steps.path("verdicts")) {
            if (verdict.path("number").asLong() == number) {
                return verdict;
            }
        }
        throw new IllegalStateException("the verdict " + number + " is not in the bundle");
    }

    private static long ms(JsonNode line) {
        OffsetDateTime from = OffsetDateTime.parse(line.path("from").asText());
        return Duration.between(from, OffsetDateTime.parse(line.path("to").asText())).toMillis();
    }

    @Test
    void aFence() throws IOException {
        Bundle bundle = bundle("enclosure");
        double total = 0;
        double good = 0;
        double unknown = 0;
        for (JsonNode line : bundle.lines) {
            if (line.path("what").asText().equals("unit")) {
                double weight = line.path("weight").asDouble();
                total += weight;
                good += line.path("share").asDouble() * weight;
                unknown += line.has("share") ? 0 : weight;
            }
        }
        assertEquals(460, total);
        assertEquals(bundle.low(), good / total, 1e-12);
        assertEquals(bundle.high(), (good + unknown) / total, 1e-12);
        assertTrue(bundle.high() < 1 && bundle.low() < bundle.high());
    }

    @Test
    void soilWithAFaceBeingWorked() throws IOException {
        Bundle bundle = bundle("coverage");
        double[] sums = new double[4];
        for (JsonNode line : bundle.lines) {
            switch (line.path("what").asText()) {
                case "unit" -> {
                    sums[0] += line.path("weight").asDouble();
                    sums[1] += line.path("share").asDouble() * line.path("weight").asDouble();
                    sums[2] += line.has("share") ? 0 : line.path("weight").asDouble();
                }
                case "sum" -> sums[3] = line.path("exempt").asDouble();
                default -> { }
            }
        }
        assertEquals(bundle.low(), sums[1] / (sums[0] - sums[3]), 1e-12);
        assertEquals(bundle.high(), (sums[1] + sums[2]) / (sums[0] - sums[3]), 1e-12);
    }

    @Test
    void camerasOfADay() throws IOException {
        Bundle bundle = bundle("video");
        double low = 0;
        double high = 0;
        for (int camera = 1; camera < 5; camera++) {
            long bad = 0;
            long silent = 0;
            for (JsonNode line : bundle.lines) {
                if (line.path("what").asText().equals("stretch") && line.path("camera").asText().equals("cam-" + camera)) {
                    bad += line.path("state").asText().equals("bad") ? ms(line) : 0;
                    silent += line.path("state").asText().equals("silent") ? ms(line) : 0;
                }
            }
            high += 1 - bad / MINUTE / 1440.0;
            low += 1 - (bad / MINUTE + silent / MINUTE) / 1440.0;
        }
        assertEquals(bundle.low(), low / 4, 1e-12);
        assertEquals(bundle.high(), high / 4, 1e-12);
        assertTrue(bundle.low() < bundle.high() && bundle.high() < 1, bundle.verdict.toString());
    }

    @Test
    void workDoneDry() throws IOException {
        Bundle bundle = bundle("wet-earthwork");
        long lowWorked = 0;
        long lowWet = 0;
        long highWorked = 0;
        long highWet = 0;
        for (JsonNode line : bundle.lines) {
            lowWorked += line.path("lowWorkedMs").asLong();
            lowWet += line.path("lowWetMs").asLong();
            highWorked += line.path("highWorkedMs").asLong();
            highWet += line.path("highWetMs").asLong();
            assertTrue(line.path("lowWorkedMs").asLong() <= (line.has("to") ? ms(line) : 0), line.toString());
        }
        assertEquals(bundle.low(), (double) lowWet / lowWorked, 0.0005);
        assertEquals(bundle.high(), (double) highWet / highWorked, 0.0005);
        assertTrue(bundle.low() < bundle.high() && bundle.high() < 1, bundle.verdict.toString());
    }

    @Test
    void anOrderThatWasBroken() throws IOException {
        Bundle bundle = bundle("order");
        int banned = 0;
        int idle = 0;
        int unknown = 0;
        for (JsonNode line : bundle.lines) {
            if (line.path("what").asText().equals("activity")) {
                banned++;
                idle += line.path("runs").asText().equals("no") ? 1 : 0;
                unknown += line.path("runs").asText().equals("unknown") ? 1 : 0;
            }
        }
        assertEquals(3, banned);
        assertEquals(bundle.low(), (double) idle / banned, 1e-12);
        assertEquals(bundle.high(), (double) (idle + unknown) / banned, 1e-12);
    }
}
