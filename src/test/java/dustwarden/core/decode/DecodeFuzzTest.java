package dustwarden.core.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Register;
import dustwarden.core.model.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded random input: nothing throws, and what is accepted would be by a second, slower reading of the rules. */
class DecodeFuzzTest {
    private static final int ROUNDS = Integer.getInteger("dustwarden.fuzz.rounds", 20_000);
    private static final Register REGISTER = Sites.register();
    private static final long RECEIVED = 1_773_450_001_250L;
    private static final Hj212Seal SEAL = new Hj212Seal(new byte[] {1});

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final List<String> TOKENS = List.of(
            "{", "}", "[", "]", ",", ":", "null", "true", "1e999", "-1", "NaN", "\"\"", "\"ts\":", "\"values\":{",
            "\"pm10\":", "\"flags\":{", "\"T\"", "0.5", "\\ud800", "é", "\"wash\":{", "##0100", "&&", ";", "=", "CP=&&",
            "a34002-Rtd=", "Flag=D", "PNUM=2", "99999999999999999999", "DataTime=", "-", "MN=", "\r\n", "\0");

    private static final String[] PAYLOADS = {
        "monitor-1/reading|{\"ts\":1773450000000,\"seq\":7,\"values\":{\"pm10\":118.0,\"noise\":63.2,\"x\":1},"
                + "\"flags\":{\"pm10\":\"N\"}}",
        "monitor-1/reading|[{\"ts\":\"2026-03-14T09:00:00+08:00\",\"values\":{\"tsp\":217}},{\"ts\":1,\"values\":{}}]",
        "gate-1/passage|{\"ts\":1773450000000,\"id\":\"7\",\"direction\":\"out\",\"plate\":\"豫G12345\","
                + "\"wash\":{\"seconds\":95,\"pump\":true,\"wheels\":\"clean\"}}",
        "unit-sensor-1/unit|{\"ts\":1773450000000,\"unit\":\"fence-01\",\"good\":true,\"share\":0.5,\"by\":\"inspector\"}",
        "activity-1/activity|{\"ts\":1773450000000,\"activity\":\"loading\",\"zone\":\"a\",\"running\":true}",
    };

    private static byte[] mutate(byte[] from, Random random) {
        byte[] bytes = from.clone();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            int to = Math.min(bytes.length, at + random.nextInt(12));
            byte[] insert = switch (random.nextInt(4)) {
                case 0 -> TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
                case 1 -> new byte[] {(byte) random.nextInt(256)};
                case 2 -> Arrays.copyOfRange(bytes, at, to);
                default -> new byte[0];
            };
            int skipTo = random.nextBoolean() ? at : to;
            byte[] next = new byte[at + insert.length + bytes.length - skipTo];
            System.arraycopy(bytes, 0, next, 0, at);
            System.arraycopy(insert, 0, next, at, insert.length);
            System.arraycopy(bytes, skipTo, next, at + insert.length, bytes.length - skipTo);
            bytes = next;
        }
        return bytes;
    }

    private static void inRange(Values values, byte[] input) {
        values.forEach((quantity, value) -> assertTrue(
                quantity.inRange(value.number()) || (value.flag() == Flag.T && value.number() > quantity.max()),
                () -> quantity + " " + value + " from " + HexFormat.of().formatHex(input)));
    }

    @Test
    void ownPayloads() {
        Random random = new Random(42);
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String[] seed = PAYLOADS[random.nextInt(PAYLOADS.length)].split("\\|", 2);
            byte[] input = i % 20 == 0 ? new byte[random.nextInt(200)] : mutate(seed[1].getBytes(StandardCharsets.UTF_8), random);
            if (i % 20 == 0) {
                random.nextBytes(input);
            }
            List<Decoded> all =
                    OwnDecoder.decode(REGISTER, "dust/v1/site-1/" + seed[0], input, OptionalLong.empty(), RECEIVED);
            assertTrue(!all.isEmpty() && all.size() <= OwnDecoder.ELEMENTS_MAX);
            OwnDecoder.decodeAlone(Optional.empty(), input);
            for (int n = 0; n < all.size(); n++) {
                if (all.get(n) instanceof Decoded.Accepted a) {
                    accepted++;
                    agrees(a.observations().get(0), input, n);
                }
            }
        }
        assertTrue(accepted > ROUNDS / 100, "only " + accepted + " accepted");
    }

    /** What an accepted element says is what a tree reader finds there. */
    private static void agrees(Observation observation, byte[] input, int n) {
        JsonNode node;
        try {
            node = STRICT.readTree(input);
        } catch (IOException e) {
            throw new AssertionError("accepted what is no JSON: " + HexFormat.of().formatHex(input), e);
        }
        JsonNode element = node.isArray() ? node.get(n) : node;
        assertTrue(Math.abs(observation.ts() - RECEIVED) <= 30L * 86_400_000);
        if (element.get("ts").isIntegralNumber()) {
            assertEquals(element.get("ts").longValue(), observation.ts());
        }
        if (observation instanceof Observation.Reading reading) {
            inRange(reading.values(), input);
            reading.values().forEach((quantity, value) ->
                    assertEquals(element.get("values").get(quantity.wire()).doubleValue() + 0.0, value.number()));
        }
    }

    @Test
    void frames() throws IOException {
        List<byte[]> seeds = Hj212DecoderTest.lines("/hj212/frames.txt");
        String dust = Hj212DecoderTest.frame("QN=20250131202809340;ST=39;CN=2011;PW=123456;MN=X;Flag=6;PNUM=2;PNO=1;CP=&&"
                + "DataTime=20250131202809;a34002-Rtd=9,a34002-Flag=N;LA-Rtd=40;a01006-Rtd=1013&&");
        Random random = new Random(43);
        Hj212Parts parts = new Hj212Parts();
        Hj212Splitter splitter = new Hj212Splitter();
        int accepted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] seed = i % 2 == 0 ? dust.getBytes(StandardCharsets.UTF_8) : seeds.get(random.nextInt(seeds.size()));
            byte[] input = mutate(seed, random);
            if (i % 3 == 0) { // a right envelope round a mutated segment
                Hj212Envelope e = Hj212Envelope.of(input);
                String segment = new String(input, e.from(), e.to() - e.from(), StandardCharsets.ISO_8859_1);
                input = Hj212Answer.frame(segment.endsWith("&&") ? segment : segment + "&&");
            }
            splitter.feed(input);
            Decoded decoded = Hj212Decoder.decodeRaw(input, false);
            Hj212Decoder.decodeRaw(input, true);
            Hj212Seal.Sealed sealed = SEAL.seal(input);
            Hj212Decoder.decode(sealed.frame(), sealed.note(), REGISTER, RECEIVED);
            Hj212Frame.Parsed raw = Hj212Answer.parse(input);
            Hj212Frame.Parsed after = Hj212Frame.parse(sealed.frame(), Hj212Note.parse(sealed.note()));
            assertEquals(raw.frame().isPresent(), after.frame().isPresent(), HexFormat.of().formatHex(input));
            if (decoded instanceof Decoded.Accepted a) {
                accepted++;
                parts.take(raw.frame().orElseThrow(), decoded, 0);
                soundFrame(a, input);
            }
        }
        assertTrue(accepted > ROUNDS / 100, "only " + accepted + " accepted");
    }

    private static void soundFrame(Decoded.Accepted accepted, byte[] input) {
        for (Observation observation : accepted.observations()) {
            inRange(observation instanceof Observation.Reading r
                    ? r.values() : ((Observation.Interval) observation).values(), input);
        }
        if (accepted.tolerated().stream().noneMatch(t -> t.startsWith("crc-"))) {
            Hj212Envelope e = Hj212Envelope.of(input);
            int r = 0xFFFF;
            for (int i = e.from(); i < e.to(); i++) {
                r = r >> 8 ^ input[i] & 0xFF;
                for (int bit = 0; bit < 8; bit++) {
                    r = (r & 1) == 1 ? r >> 1 ^ 0xA001 : r >> 1;
                }
            }
            assertEquals(r, e.crc());
        }
    }
}
