package dustwarden.core.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dustwarden.core.decode.OwnTopic.OfRegion;
import dustwarden.core.decode.OwnTopic.RegionStream;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Values;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads one element of a region's payload: a background mean or an order. */
final class RegionElement {
    private static final long PERIOD_MAX_MS = 366L * 24 * 3_600_000;
    private static final long HOUR_MS = 3_600_000;
    private static final Set<String> KINDS = Set.of("pollution", "wind", "other");
    private static final Set<String> GRADES = Set.of("yellow", "orange", "red");
    /** The last instant of the year 9999. */
    private static final long END_OF_TIME = 253_402_300_799_999L;

    private final OfRegion topic;
    private final OwnSender sender;
    private final ValuesReader values = new ValuesReader();
    private final KeySet keys = new KeySet();

    RegionElement(OfRegion topic, OptionalLong received) {
        this.topic = topic;
        this.sender = new OwnSender(topic.region(), topic.region(), Optional.empty(), Optional.empty(), received);
    }

    /** Reads the object whose start is the current token. */
    Decoded read(JsonParser parser) throws IOException {
        return topic.stream() == RegionStream.BACKGROUND ? background(parser) : order(parser);
    }

    private Decoded background(JsonParser parser) throws IOException {
        Trouble trouble = new Trouble();
        values.clear();
        keys.clear();
        Object ts = null;
        Object period = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (!keys.add(key)) {
                throw new JsonBytes.RepeatedKey();
            }
            parser.nextToken();
            switch (key) {
                case "ts" -> ts = Scalars.read(parser);
                case "period" -> period = Scalars.read(parser);
                case "values" -> values.readValues(parser, trouble);
                case "flags" -> values.readFlags(parser, trouble);
                default -> JsonBytes.skip(parser);
            }
        }
        OptionalLong time = Scalars.time(ts, "ts", trouble);
        time.ifPresent(t -> sender.checkTime(t, trouble));
        long periodMs = period(period, trouble);
        Optional<Values> read = values.values(trouble);
        if (!trouble.isNone()) {
            return trouble.rejected().orElseThrow();
        }
        return new Decoded.Accepted(
                List.of(new Observation.Background(topic.region(), time.getAsLong(), periodMs, read.orElseThrow())),
                List.of(),
                values.ignored());
    }

    /** An absent period is an hour, as agencies publish. */
    private static long period(Object value, Trouble trouble) {
        if (value == null || value == Scalars.Marker.NULL) {
            return HOUR_MS;
        }
        if (value instanceof String text && text.length() <= Scalars.TEXT_CHARS_MAX) {
            try {
                Duration duration = Duration.parse(text);
                if (duration.compareTo(Duration.ofMillis(PERIOD_MAX_MS)) <= 0 && duration.toMillis() > 0) {
                    return duration.toMillis();
                }
                trouble.add(Refusal.OUT_OF_RANGE, "period is outside 1 ms..366 days");
                return HOUR_MS;
            } catch (DateTimeException | ArithmeticException notADuration) {
                trouble.add(Refusal.WRONG_TYPE, "period wants a duration such as PT1H");
                return HOUR_MS;
            }
        }
        trouble.add(Refusal.WRONG_TYPE, "period wants a duration such as PT1H");
        return HOUR_MS;
    }

    /** Words of bans not known here are left out and said, so that the rest of the order holds. */
    private Decoded order(JsonParser parser) throws IOException {
        Trouble trouble = new Trouble();
        Body body = Body.read(parser, trouble);
        String id = body.requiredText("id");
        Optional<String> kind = body.word("kind", text -> Optional.of(text).filter(KINDS::contains));
        if (body.raw("kind") == null) {
            body.missing("kind");
        }
        Optional<String> grade = body.word("grade", text -> Optional.of(text).filter(GRADES::contains));
        OptionalLong from = instant(body, "from", trouble);
        OptionalLong to = instant(body, "to", trouble);
        List<Activity> bans = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String ban : body.texts("bans")) {
            Activity.ofWire(ban).ifPresentOrElse(bans::add, () -> unknown.add(ban));
        }
        List<String> exempt = body.texts("exempt");
        if (!trouble.isNone()) {
            return trouble.rejected().orElseThrow();
        }
        return new Decoded.Accepted(
                List.of(new Observation.Order(
                        topic.region(), from.getAsLong(), to.getAsLong(), id, kind.orElseThrow(), grade, bans, exempt)),
                List.of(),
                unknown.isEmpty() ? Optional.empty() : Optional.of(unknown.size() + " bans not known here"));
    }

    /** An order may begin and end long after it is published; only times of no calendar are refused. */
    private static OptionalLong instant(Body body, String key, Trouble trouble) {
        OptionalLong time = Scalars.time(body.raw(key), key, trouble);
        if (time.isPresent() && (time.getAsLong() < 0 || time.getAsLong() > END_OF_TIME)) {
            trouble.add(Refusal.OUT_OF_RANGE, key + " lies outside the years 1970..9999");
        }
        return time;
    }
}
