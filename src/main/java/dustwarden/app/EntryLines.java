package dustwarden.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dustwarden.core.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads journal entries written as JSON lines, each with {@code received} and one of {@code topic} with
 * {@code payload}, {@code hj212}, {@code act}, {@code link}.
 *
 * <p>A payload's bytes are taken as they stand in the line, so that what is odd in them reaches the decoder.
 */
final class EntryLines {
    /** Turns a raw HJ 212 frame into an entry. */
    interface Frames {
        Entry frame(long received, byte[] raw);
    }

    /** A line that is no entry, with a sentence that says why. */
    static final class NotAnEntry extends Exception {
        private static final long serialVersionUID = 1;

        NotAnEntry(String sentence) {
            super(sentence);
        }
    }

    private static final int PAYLOAD_KEPT_MAX = 65_536;
    private static final int OVERSIZE_KEPT = 1_024;

    /** What is too deep, too long or too large is for the decoder to refuse. */
    private static final StreamReadConstraints WIDE = StreamReadConstraints.builder()
            .maxNestingDepth(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    private static final JsonFactory LENIENT = JsonFactory.builder()
            .streamReadConstraints(WIDE)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
            .build();

    private final Frames frames;

    EntryLines(Frames frames) {
        this.frames = frames;
    }

    Entry read(String line) throws NotAnEntry {
        Map<String, String> texts = new HashMap<>();
        Map<String, String> raws = new HashMap<>();
        try (JsonParser parser = LENIENT.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new NotAnEntry("wants a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                int from = (int) parser.currentTokenLocation().getCharOffset();
                if (value == JsonToken.VALUE_STRING) {
                    texts.put(key, parser.getText());
                } else {
                    parser.skipChildren();
                    // The end of a number is known only once it was read.
                    parser.finishToken();
                    raws.put(key, line.substring(from, (int) parser.currentLocation().getCharOffset()).strip());
                }
            }
        } catch (IOException e) {
            throw new NotAnEntry("is not JSON: " + e.getMessage().lines().findFirst().orElse(""));
        }
        return entry(line, texts, raws);
    }

    private Entry entry(String line, Map<String, String> texts, Map<String, String> raws) throws NotAnEntry {
        long received = received(texts, raws);
        if (texts.containsKey("topic")) {
            String payload = texts.containsKey("payload") ? texts.get("payload") : raws.get("payload");
            if (payload == null) {
                throw new NotAnEntry("has a topic but no payload");
            }
            return message(received, texts.get("topic"), payload, raws);
        }
        if (texts.containsKey("hj212")) {
            return frames.frame(received, texts.get("hj212").getBytes(StandardCharsets.UTF_8));
        }
        if (texts.containsKey("act")) {
            return new Entry.Act(received, line);
        }
        if (texts.containsKey("link") && raws.containsKey("up")) {
            return new Entry.Link(received, texts.get("link"), raws.get("up").equals("true"));
        }
        throw new NotAnEntry("wants one of topic with payload, hj212, act, link with up");
    }

    private static Entry message(long received, String topic, String payload, Map<String, String> raws) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        boolean retained = "true".equals(raws.get("retained"));
        if (bytes.length > PAYLOAD_KEPT_MAX) {
            return new Entry.Message(received, Entry.Source.MQTT, topic, Arrays.copyOf(bytes, OVERSIZE_KEPT), retained,
                    Optional.of(new Entry.Oversize(bytes.length, "")));
        }
        return new Entry.Message(received, Entry.Source.MQTT, topic, bytes, retained, Optional.empty());
    }

    private static long received(Map<String, String> texts, Map<String, String> raws) throws NotAnEntry {
        try {
            if (texts.containsKey("received")) {
                return OffsetDateTime.parse(texts.get("received")).toInstant().toEpochMilli();
            }
            if (raws.containsKey("received")) {
                return Long.parseLong(raws.get("received"));
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new NotAnEntry("has a received time that is neither RFC 3339 with offset nor epoch milliseconds");
        }
        throw new NotAnEntry("has no received time");
    }
}
