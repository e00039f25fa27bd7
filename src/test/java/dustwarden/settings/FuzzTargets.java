package dustwarden.settings;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Decoder;
import dustwarden.core.decode.Hj212Seal;
import dustwarden.core.decode.Hj212Splitter;
import dustwarden.core.decode.OwnDecoder;
import dustwarden.core.decode.Profile;
import dustwarden.core.decode.ProfileDecoder;
import dustwarden.core.model.Fields.Problems;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.SiteReader;
import dustwarden.core.model.Values;
import dustwarden.settings.FuzzRun.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@link FuzzRun} is let loose on, and what must hold of every answer. */
final class FuzzTargets {
    private static final Path SAMPLES = Path.of("src/test/resources");
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FuzzTargets() {}

    static List<Target> all() throws IOException {
        List<Target> all = new ArrayList<>();
        all.add(own());
        all.add(frames());
        all.add(stream());
        all.add(yaml());
        all.add(multipart());
        for (String name : Shipped.yaml("devices/profiles")) {
            Profile profile = ProfileFiles.read(name).value().orElseThrow();
            all.add(profile(profile));
        }
        return all;
    }

    private static Target own() {
        String[] streams = {"reading", "camera", "passage", "unit", "activity", "spray", "status"};
        List<byte[]> seeds = List.of(
                bytes("0{\"ts\":1773450000000,\"seq\":7,\"values\":{\"pm10\":118.0,\"noise\":63.2},\"flags\":{\"pm10\":\"N\"}}"),
                bytes("0[{\"ts\":\"2026-03-14T09:00:00+08:00\",\"values\":{\"tsp\":217}},{\"ts\":1,\"values\":{}}]"),
                bytes("1{\"ts\":1,\"online\":true,\"recording\":true,\"blocked\":false,\"moved\":null}"),
                bytes("2{\"ts\":1,\"id\":\"7\",\"direction\":\"out\",\"plate\":\"豫G12345\","
                        + "\"wash\":{\"seconds\":95,\"pump\":true,\"wheels\":\"clean\"}}"),
                bytes("3{\"ts\":1,\"unit\":\"fence-01\",\"good\":true,\"share\":0.5,\"by\":\"inspector\",\"source\":\"survey\"}"),
                bytes("4{\"ts\":1,\"activity\":\"loading\",\"zone\":\"a\",\"running\":true}"),
                bytes("5{\"ts\":1,\"on\":true,\"flow\":12.5}"),
                bytes("6{\"state\":\"online\"}"));
        return new Target("own", seeds, input -> {
            int stream = input.length == 0 ? 0 : Math.floorMod(input[0] - '0', streams.length);
            byte[] payload = input.length == 0 ? input : Arrays.copyOfRange(input, 1, input.length);
            List<Decoded> all = OwnDecoder.decodeAlone(Optional.of("dust/v1/a/b/" + streams[stream]), payload);
            check(!all.isEmpty() && all.size() <= 1000, "answers", input);
            for (int n = 0; n < all.size(); n++) {
                if (all.get(n) instanceof Decoded.Accepted accepted) {
                    agrees(accepted, payload, n);
                }
            }
            return stream + outcome(all);
        });
    }

    /** What an accepted element says is what a tree reader finds there. */
    private static void agrees(Decoded.Accepted accepted, byte[] payload, int n) {
        JsonNode node;
        try {
            node = STRICT.readTree(payload);
        } catch (IOException e) {
            throw new AssertionError("accepted what is no JSON: " + HexFormat.of().formatHex(payload), e);
        }
        JsonNode element = node.isArray() ? node.get(n) : node;
        for (Observation said : accepted.observations()) {
            ranges(said, payload);
            if (said instanceof Observation.Reading reading) {
                reading.values().forEach((quantity, value) -> check(
                        element.get("values").get(quantity.wire()).doubleValue() + 0.0 == value.number(), "value", payload));
            }
            if (said instanceof Observation.Spray spray) {
                check(element.get("on").booleanValue() == spray.on(), "spray", payload);
            }
        }
    }

    private static Target frames() throws IOException {
        Hj212Seal seal = new Hj212Seal(new byte[] {1});
        List<byte[]> seeds = new ArrayList<>();
        for (String line : Files.readString(SAMPLES.resolve("hj212/frames.txt"), StandardCharsets.ISO_8859_1).split("\n")) {
            seeds.add(line.getBytes(StandardCharsets.ISO_8859_1));
        }
        seeds.add(Hj212Answer.frame("QN=20250131202809340;ST=39;CN=2011;PW=123456;MN=X;Flag=6;PNUM=2;PNO=1;CP=&&"
                + "DataTime=20250131202809;a34002-Rtd=9,a34002-Flag=N;LA-Rtd=40;a01006-Rtd=1013&&"));
        return new Target("frames", seeds, input -> {
            // Half of the inputs get a right envelope, so that what is within is reached.
            byte[] frame = input.length % 2 == 0 ? input : enveloped(input);
            Decoded decoded = Hj212Decoder.decodeRaw(frame, false);
            Decoded strict = Hj212Decoder.decodeRaw(frame, true);
            if (decoded instanceof Decoded.Accepted accepted) {
                accepted.observations().forEach(o -> ranges(o, frame));
                if (accepted.tolerated().stream().noneMatch(t -> t.startsWith("crc-"))) {
                    check(hasRightCrc(frame), "crc", frame);
                }
                check(strict instanceof Decoded.Rejected || accepted.tolerated().isEmpty(), "strict", frame);
            } else {
                check(strict instanceof Decoded.Rejected, "strict takes what is refused", frame);
            }
            Hj212Seal.Sealed sealed = seal.seal(frame);
            boolean unframed = refusedAs(decoded, "crc", "length", "malformed");
            check(Hj212Answer.parse(frame).frame().isPresent() != unframed, "parse", frame);
            check(new String(sealed.frame(), StandardCharsets.ISO_8859_1).indexOf("PW=123456;") < 0, "password", frame);
            return outcome(List.of(decoded));
        });
    }

    private static boolean refusedAs(Decoded decoded, String... reasons) {
        return decoded instanceof Decoded.Rejected rejected && Arrays.asList(reasons).contains(rejected.reason());
    }

    private static byte[] enveloped(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int from = Math.min(text.length(), 6);
        int to = text.lastIndexOf("&&");
        String segment = to > from ? text.substring(from, to + 2) : text.substring(from) + "&&";
        byte[] frame = Hj212Answer.frame(segment);
        return Arrays.copyOf(frame, frame.length - 2);
    }

    /** The CRC of annex A, bit by bit, over what lies between the length and the last four characters. */
    private static boolean hasRightCrc(byte[] frame) {
        int end = frame.length;
        while (end > 0 && (frame[end - 1] == '\r' || frame[end - 1] == '\n')) {
            end--;
        }
        int from = 0;
        while (from < 2 && frame[from] == '#') {
            from++;
        }
        int hashes = from;
        while (from < hashes + 4 && frame[from] >= '0' && frame[from] <= '9') {
            from++;
        }
        int r = 0xFFFF;
        for (int i = from; i < end - 4; i++) {
            r = r >> 8 ^ frame[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                r = (r & 1) == 1 ? r >> 1 ^ 0xA001 : r >> 1;
            }
        }
        return String.format("%04X", r).equals(new String(frame, end - 4, 4, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT));
    }

    /** However TCP splits or joins frames, whole ones come out whole and nothing is made up. */
    private static Target stream() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        ByteArrayOutputStream some = new ByteArrayOutputStream();
        for (byte[] each : frames().seeds()) {
            some.writeBytes(each);
            some.writeBytes(bytes(each.length % 3 == 0 ? "" : "\r\n"));
            if (some.size() > 1_500) {
                seeds.add(some.toByteArray());
                some.reset();
            }
        }
        return new Target("stream", seeds, input -> {
            Hj212Splitter whole = new Hj212Splitter();
            int atOnce = size(whole.feed(input)) + size(whole.end());
            Hj212Splitter parts = new Hj212Splitter();
            int inParts = 0;
            int frames = 0;
            int step = 1 + input.length % 37;
            for (int at = 0; at < input.length; at += step) {
                List<byte[]> out = parts.feed(Arrays.copyOfRange(input, at, Math.min(input.length, at + step)));
                frames += out.size();
                inParts += size(out);
            }
            inParts += size(parts.end());
            check(atOnce <= input.length && inParts <= input.length, "more than came", input);
            check(atOnce + whole.dropped() == inParts + parts.dropped(), "bytes lost", input);
            return "frames " + Math.min(frames, 8) + " dropped " + (parts.dropped() > 0);
        });
    }

    private static int size(List<byte[]> frames) {
        return frames.stream().mapToInt(f -> f.length).sum();
    }

    private static Target profile(Profile profile) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        List<Optional<String>> topics = new ArrayList<>();
        topics.add(Optional.empty());
        try (var files = Files.list(SAMPLES.resolve("profiles").resolve(profile.id()))) {
            for (Path file : files.sorted().toList()) {
                if (!file.toString().endsWith(".expect.json")) {
                    seeds.add(Files.readAllBytes(file));
                } else if (STRICT.readTree(file.toFile()).hasNonNull("topic")) {
                    topics.add(Optional.of(STRICT.readTree(file.toFile()).get("topic").asText()));
                }
            }
        }
        return new Target(profile.id(), seeds, input -> {
            int topic = Math.floorMod(Arrays.hashCode(input), topics.size());
            List<Decoded> all = ProfileDecoder.decodeAlone(profile, topics.get(topic), input, 1_773_450_000_000L);
            check(!all.isEmpty(), "no answer", input);
            for (Decoded each : all) {
                if (each instanceof Decoded.Accepted accepted) {
                    check(!accepted.observations().isEmpty() || accepted.ignored().isPresent(), "ignored without why", input);
                    accepted.observations().forEach(o -> ranges(o, input));
                }
            }
            return topic + outcome(all);
        });
    }

    private static Target yaml() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String folder : List.of("devices/sites", "devices/profiles", "devices/rulebooks")) {
            for (String name : Shipped.yaml(folder)) {
                byte[] file = Files.readAllBytes(Path.of(name));
                seeds.add(Arrays.copyOf(file, Math.min(file.length, 6_000)));
            }
        }
        return new Target("yaml", seeds, input -> {
            YamlFile file = YamlFile.read("fuzz.yaml", input);
            if (!file.problems().isEmpty()) {
                return "no yaml";
            }
            Problems problems = new Problems();
            Content content = Content.of("site", "x", file.json());
            boolean read = SiteReader.read(content.parsed(), content.sha256(), problems).isPresent();
            check(read == problems.isEmpty(), "site with problems", input);
            problems.all().forEach(file::at);
            Problems asProfile = new Problems();
            dustwarden.core.decode.ProfileReader.read(content.parsed(), content.sha256(), asProfile);
            Problems asBook = new Problems();
            dustwarden.core.rule.RulebookReader.read(content.parsed(), content.sha256(), asBook);
            return read + " " + shape(problems) + " " + shape(asProfile) + " " + shape(asBook);
        });
    }

    private static String shape(Problems problems) {
        return problems.all().stream().map(p -> p.replaceAll("[^a-zA-Z ]", "")).map(p -> p.substring(0, Math.min(24, p.length())))
                .distinct().limit(3).toList().toString();
    }

    private static Target multipart() {
        List<byte[]> seeds = List.of(
                bytes("--b\r\nContent-Type: text/xml\r\n\r\n<EventNotificationAlert><eventType>ANPR</eventType>"
                        + "</EventNotificationAlert>\r\n--b\r\n\r\n\u00ff\u00d8\0\r\n--b--\r\n"),
                bytes("json=%7B%22data%22%3A1%7D&x=%20"), bytes("Code=VideoBlind;action=Start;index=0;data={\"a\":1}"));
        List<Profile> readers = new ArrayList<>();
        for (String make : List.of("hikvision", "dahua", "platerecognizer", "onvif")) {
            readers.add(ProfileFiles.read("devices/profiles/" + make + ".yaml").value().orElseThrow());
        }
        return new Target("multipart", seeds, input -> {
            StringBuilder outcome = new StringBuilder();
            for (Profile reader : readers) {
                outcome.append(outcome(ProfileDecoder.decodeAlone(reader, Optional.empty(), input, 0)));
            }
            return outcome.toString();
        });
    }

    // what must hold

    private static void ranges(Observation said, byte[] input) {
        Values values = said instanceof Observation.Reading r ? r.values()
                : said instanceof Observation.Interval i ? i.values() : null;
        if (values != null) {
            check(values.size() > 0, "empty", input);
            values.forEach((quantity, value) -> check(
                    quantity.inRange(value.number()) || (value.flag() == Flag.T && value.number() > quantity.max()),
                    "range",
                    input));
        }
    }

    private static void check(boolean right, String what, byte[] input) {
        if (!right) {
            throw new AssertionError(what + " is wrong for " + HexFormat.of().formatHex(input));
        }
    }

    private static String outcome(List<Decoded> all) {
        StringBuilder out = new StringBuilder();
        for (Decoded each : all.subList(0, Math.min(3, all.size()))) {
            if (each instanceof Decoded.Rejected rejected) {
                out.append(rejected.reason()).append(' ').append(words(rejected.detail()));
            } else {
                Decoded.Accepted a = (Decoded.Accepted) each;
                a.observations().forEach(o -> out.append(o.getClass().getSimpleName()));
                out.append(a.tolerated()).append(a.ignored().map(FuzzTargets::words).orElse(""));
            }
        }
        return out.toString();
    }

    private static String words(String sentence) {
        String words = sentence.replaceAll("[^a-zA-Z ]", "");
        return words.substring(0, Math.min(24, words.length()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
