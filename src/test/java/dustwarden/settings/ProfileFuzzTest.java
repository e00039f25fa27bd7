package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Profile;
import dustwarden.core.decode.ProfileDecoder;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Quantity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** No payload, however broken, makes a profile throw; and Sparkplug B is read as it is on the wire. */
class ProfileFuzzTest {
    private static final long SEED = 20260314;
    private static final int ROUNDS = 120;
    private static final byte[] SIGNS = "{}[]\"<>&=;,.-0919eE'\\\0\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void brokenSamplesAreAnsweredNotThrown() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        int answers = 0;
        for (String name : Shipped.yaml("devices/profiles")) {
            Profile profile = ProfileFiles.read(name).value().orElseThrow();
            List<byte[]> samples = samples(profile.id());
            for (int i = 0; i < ROUNDS * samples.size(); i++) {
                byte[] broken = broken(samples.get(random.nextInt(samples.size())), random);
                answers += ProfileDecoder.decodeAlone(profile, Optional.empty(), broken, 0).size();
            }
        }
        assertTrue(answers > 1000, "only " + answers);
    }

    @Test
    void deepAndWidePayloadsAreRefused() {
        Profile profile = ProfileFiles.read("devices/profiles/tasmota.yaml").value().orElseThrow();
        assertEquals("not-json", refusal(profile, "[".repeat(5_000)));
        assertEquals("too-large", refusal(profile, " ".repeat(65_537)));
        assertEquals("too-many", refusal(profile, "[" + "{},".repeat(1_000) + "{}]"));
        assertEquals("not-json", refusal(profile, "{\"Time\":1,\"Time\":2}"));
    }

    @Test
    void sparkplugIsReadFromItsProtobuf() {
        ByteArrayOutputStream metric = new ByteArrayOutputStream();
        metric.writeBytes(new byte[] {0x0a, 9});
        metric.writeBytes("Dust/PM10".getBytes(StandardCharsets.US_ASCII));
        metric.writeBytes(new byte[] {0x20, 9}); // data type Float
        int bits = Float.floatToIntBits(118.4f);
        metric.writeBytes(new byte[] {0x65, (byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)});
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(0x08);
        for (long rest = 1773449997122L; rest != 0; rest >>>= 7) {
            payload.write((int) (rest & 0x7f | (rest > 0x7f ? 0x80 : 0)));
        }
        payload.writeBytes(new byte[] {0x12, (byte) metric.size()});
        payload.writeBytes(metric.toByteArray());
        payload.writeBytes(new byte[] {0x18, 7});
        Profile profile = ProfileFiles.read("devices/profiles/sparkplug.yaml").value().orElseThrow();
        List<Decoded> read = ProfileDecoder.decodeAlone(
                profile, Optional.of("spBv1.0/site/DDATA/box/dust-north"), payload.toByteArray(), 0);
        assertEquals(1, read.size());
        Observation said = ((Decoded.Accepted) read.get(0)).observations().get(0);
        assertEquals(1773449997122L, said.ts());
        assertEquals(118.4, ((Observation.Reading) said).values().get(Quantity.PM10).number());
    }

    private static String refusal(Profile profile, String payload) {
        List<Decoded> read = ProfileDecoder.decodeAlone(
                profile, Optional.of("tele/dust/SENSOR"), payload.getBytes(StandardCharsets.UTF_8), 0);
        assertFalse(read.isEmpty());
        return ((Decoded.Rejected) read.get(0)).reason();
    }

    private static List<byte[]> samples(String make) throws IOException {
        List<byte[]> samples = new ArrayList<>();
        try (var files = Files.list(Path.of("src/test/resources/profiles", make))) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".expect.json")).sorted().toList()) {
                samples.add(Files.readAllBytes(file));
            }
        }
        return samples;
    }

    private static byte[] broken(byte[] sample, SplittableRandom random) {
        byte[] bytes = sample.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = java.util.Arrays.copyOf(bytes, at);
                case 2 -> bytes[at] = SIGNS[random.nextInt(SIGNS.length)];
                default -> {
                    int from = random.nextInt(bytes.length);
                    int length = Math.min(random.nextInt(20), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
        return bytes;
    }
}
