package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Entry;
import dustwarden.core.model.CanonicalJson;
import dustwarden.ledger.SqliteReading;
import dustwarden.ledger.StoredDecision;
import dustwarden.report.BundleRefused;
import dustwarden.report.BundleVerifier;
import dustwarden.report.EvidenceBundle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceBundleTest {
    private static final long HOUR = 3_600_000;

    @TempDir
    static Path directory;

    private static Path data;
    private static byte[] washing;
    private static byte[] hour;

    @BeforeAll
    static void fillALedger() {
        data = directory.resolve("data");
        List<Entry> entries = new ArrayList<>(Journals.twoDays());
        entries.addAll(threeDirtyHours());
        entries.sort((a, b) -> Long.compare(a.received(), b.received()));
        Journals.write(data, entries, UnaryOperator.identity());
        washing = bundle("henan-seven/washing");
        hour = bundle("hebei-db13-2934-2019/pm10-hour");
    }

    /** A monitor of the site in Hebei above its county by more than 80 µg/m³, with a doubled and a faulty value among them. */
    private static List<Entry> threeDirtyHours() {
        List<Entry> entries = new ArrayList<>();
        for (int minute = 0; minute < 180; minute++) {
            long at = Journals.START + minute * 60_000L;
            String flag = minute == 30 ? ",\"flags\":{\"pm10\":\"D\"}" : "";
            String body = "{\"ts\":" + at + ",\"values\":{\"pm10\":" + (240.1 + minute % 7) + "}" + flag + "}";
            entries.add(message(at + 2, "dust/v1/sjz-changan-01/dust-1/reading", body));
            if (minute == 40) {
                entries.add(message(at + 3, "dust/v1/sjz-changan-01/dust-1/reading", body));
            }
        }
        for (int h = 0; h < 3; h++) {
            long start = Journals.START + h * HOUR;
            entries.add(message(start + HOUR + 600_000, "dust/v1/region/130000/background",
                    "{\"ts\":" + start + ",\"period\":\"PT1H\",\"values\":{\"pm10\":" + (h == 1 ? 400 : 100) + "}}"));
        }
        return entries;
    }

    private static Entry message(long at, String topic, String payload) {
        return new Entry.Message(
                at, Entry.Source.MQTT, topic, payload.getBytes(StandardCharsets.UTF_8), false, Optional.empty());
    }

    private static byte[] bundle(String rule) {
        try (SqliteReading ledger = SqliteReading.open(data)) {
            for (StoredDecision d : ledger.decisions(0, 100_000)) {
                JsonNode json = CanonicalJson.parse(new String(d.json(), StandardCharsets.UTF_8));
                if (d.type().equals("alarm") && json.path("rule").asText().equals(rule)) {
                    EvidenceBundle bundle = new EvidenceBundle(
                            ledger, alarm -> List.of("{\"transition\":\"raised\",\"receiver\":\"王𪚥\",\"fate\":\"sent\"}"),
                            InstantSource.fixed(Instant.ofEpochMilli(Journals.START)), "test");
                    return bundle.zip(json.path("id").asText(), d.site().orElseThrow(), d.at()).orElseThrow();
                }
            }
        }
        throw new IllegalStateException("no alarm of " + rule);
    }

    private static Path file(byte[] zip) throws IOException {
        Path file = Files.createTempFile(directory, "bundle", ".zip");
        return Files.write(file, zip);
    }

    private static String refused(byte[] zip) throws IOException {
        Path file = file(zip);
        return assertThrows(BundleRefused.class, () -> BundleVerifier.verify(file, Map.of())).getMessage();
    }

    static Map<String, byte[]> unzipped(byte[] zip) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private static byte[] zipped(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** What somebody would do who knows the form: sums that fit the changed files. */
    private static byte[] forged(Map<String, byte[]> files) throws IOException {
        StringBuilder sums = new StringBuilder();
        Map<String, byte[]> all = new LinkedHashMap<>(files);
        all.remove("SHA256SUMS");
        all.forEach((name, bytes) -> sums.append(sha(bytes)).append("  ").append(name).append('\n'));
        String last = sha(sums.toString().getBytes(StandardCharsets.UTF_8));
        sums.append("# sha256 of the lines above: ").append(last).append('\n');
        all.put("SHA256SUMS", sums.toString().getBytes(StandardCharsets.UTF_8));
        return zipped(all);
    }

    private static String sha(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(byte[] zip, String name) throws IOException {
        return CanonicalJson.parse(new String(unzipped(zip).get(name), StandardCharsets.UTF_8));
    }

    @Test
    void aBundleStandsAlone() throws IOException {
        BundleVerifier.Sound sound = BundleVerifier.verify(file(washing), Map.of());
        assertEquals("xx-hongqi-01", sound.site());
        assertTrue(sound.entries() > 0 && sound.decisions() > 0, sound.toString());
        assertTrue(BundleVerifier.verify(file(hour), Map.of()).days().size() >= 1);
        CommandRun run = CommandRun.of("verify", file(hour).toString());
        assertEquals(0, run.exit(), run.out() + run.err());
        assertTrue(run.out().contains("good: alarm "), run.out());
    }

    @Test
    void theArithmeticOfAnHourIsThatOfTheCore() throws IOException {
        JsonNode steps = json(hour, "steps.json");
        assertEquals(3, steps.path("windows").size(), steps.toString());
        JsonNode first = steps.path("windows").get(0);
        assertEquals(61, first.path("values").size());
        assertEquals(59, first.path("count").asInt());
        assertEquals("flag-D", first.path("values").get(30).path("why").asText());
        assertEquals("duplicate", first.path("values").get(41).path("why").asText());
        for (JsonNode window : steps.path("windows")) {
            assertTrue(window.path("decided").path("agrees").asBoolean(), window.path("decided").toString());
            assertTrue(window.path("exceeded").asBoolean());
        }
        assertEquals(150, steps.path("windows").get(1).path("takenOff").asDouble());
        assertEquals(false, json(hour, "rule.json").path("citation").path("confirmed").asBoolean());
    }

    @Test
    void thePaperSaysTheClauseTheFigureWhatToDoAndWhatClearsIt() throws IOException {
        String page = new String(unzipped(hour).get("evidence.html"), StandardCharsets.UTF_8);
        for (String word : List.of("依据：PM10 小时均值", "By: PM10 hour mean", "超过限值 80 µg/m³", "现在要做：请立即喷淋", "Do now: Spray, cover",
                "恢复条件：下一个超标次数不超过 2 次", "Clears when the first following day ends with at most 2", "转引自")) {
            assertTrue(page.contains(word), word);
        }
        page = new String(unzipped(washing).get("evidence.html"), StandardCharsets.UTF_8);
        assertTrue(page.contains("Clears when 10 good exits in a row."), page);
    }

    @Test
    void theDayOfAGateIsCountedAgain() throws IOException {
        JsonNode steps = json(washing, "steps.json");
        assertEquals(1, steps.path("failed").asInt(), steps.toString());
        assertTrue(steps.path("good").asInt() > 0);
    }

    @Test
    void aNeighbourIsNowhereInIt() throws IOException {
        for (Map.Entry<String, byte[]> each : unzipped(washing).entrySet()) {
            String text = new String(each.getValue(), StandardCharsets.ISO_8859_1);
            assertFalse(text.contains("sjz-changan-01") || text.contains("zz-jinshui-02"), each.getKey());
        }
    }

    @Test
    void everyFlippedByteIsFound() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            byte[] zip = washing.clone();
            int at = random.nextInt(zip.length);
            zip[at] ^= (byte) (1 << random.nextInt(8));
            assertFalse(refused(zip).isEmpty(), "byte " + at);
        }
    }

    @Test
    void aChangedFileIsNamed() throws IOException {
        Random random = new Random(6);
        for (String name : unzipped(hour).keySet()) {
            Map<String, byte[]> files = unzipped(hour);
            byte[] content = files.get(name);
            content[random.nextInt(content.length)] ^= 1;
            assertTrue(refused(zipped(files)).contains(name), name);
        }
    }

    @Test
    void aChangedFileIsFoundThoughItsSumsFit() throws IOException {
        Random random = new Random(7);
        for (String name : List.of("entries.jsonl", "decisions.jsonl", "observations.jsonl", "steps.json", "rule.json",
                "devices.json", "alarm.json", "days.txt", "proofs.json")) {
            for (int i = 0; i < 12; i++) {
                Map<String, byte[]> files = unzipped(hour);
                byte[] content = files.get(name);
                // A digit for a digit keeps the form, and is the worst case.
                // Of the proofs the hashes, which stand first.
                int most = name.equals("proofs.json")
                        ? new String(content, StandardCharsets.UTF_8).indexOf("\"blocks\"") - 100
                        : content.length;
                int at = random.nextInt(most);
                while (content[at] < '0' || content[at] > '8') {
                    at = (at + 1) % content.length;
                }
                content[at]++;
                int place = at;
                String said = refused(forged(files));
                assertFalse(said.contains("SHA256SUMS"), name + " " + place + ": " + said);
            }
        }
        Map<String, byte[]> files = new HashMap<>(unzipped(hour));
        String content = files.keySet().stream().filter(n -> n.startsWith("content/")).findFirst().orElseThrow();
        files.get(content)[20] ^= 1;
        String said = refused(forged(files));
        assertTrue(said.contains(content), said);
    }

    @Test
    void missingRenamedDoubledAndHugeFilesAreRefused() throws IOException {
        Map<String, byte[]> missing = unzipped(washing);
        missing.remove("steps.json");
        assertTrue(refused(zipped(missing)).contains("steps.json is missing"));
        Map<String, byte[]> renamed = unzipped(washing);
        renamed.put("step.json", renamed.remove("steps.json"));
        assertTrue(refused(zipped(renamed)).contains("renamed"));
        Map<String, byte[]> noSums = unzipped(washing);
        noSums.remove("SHA256SUMS");
        assertTrue(refused(zipped(noSums)).contains("SHA256SUMS is missing"));
        byte[] doubled = new String(zipped(unzipped(washing)), StandardCharsets.ISO_8859_1)
                .replace("rule.json", "step.json").replace("steps.json", "astep.json")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertFalse(refused(doubled).isEmpty());
        Map<String, byte[]> twice = unzipped(washing);
        String lines = new String(twice.get("entries.jsonl"), StandardCharsets.UTF_8);
        String one = lines.substring(0, lines.indexOf('\n') + 1);
        twice.put("entries.jsonl", (one + lines).getBytes(StandardCharsets.UTF_8));
        String again = refused(forged(twice));
        assertTrue(again.contains("twice"), again);
        Map<String, byte[]> bomb = unzipped(washing);
        bomb.put("bomb.json", new byte[70 << 20]);
        String said = refused(zipped(bomb));
        assertTrue(said.contains("bomb.json unpacks to more"), said);
        assertTrue(refused("no zip at all".getBytes(StandardCharsets.UTF_8)).length() > 0);
        assertTrue(refused(new byte[0]).length() > 0);
    }

    @Test
    void packedAgainItStandsAndSaysSo() throws IOException {
        BundleVerifier.Sound sound = BundleVerifier.verify(file(zipped(unzipped(washing))), Map.of());
        assertTrue(sound.notes().get(0).en().contains("packed the zip again"));
    }

    @Test
    void aRootKeptElsewherePinsTheDay() throws IOException {
        String day = BundleVerifier.verify(file(hour), Map.of()).days().get(0);
        Path kept = Files.writeString(directory.resolve("roots.txt"), "root of the day: " + day + "\n");
        assertEquals(0, CommandRun.of("verify", file(hour).toString(), "--roots", kept.toString()).exit());
        String other = day.substring(0, 11) + "0".repeat(64);
        Path wrong = Files.writeString(directory.resolve("wrong.txt"), other);
        CommandRun run = CommandRun.of("verify", file(hour).toString(), "--roots", wrong.toString());
        assertEquals(1, run.exit());
        assertTrue(run.out().contains("the root of " + day.substring(0, 10)), run.out());
    }
}
