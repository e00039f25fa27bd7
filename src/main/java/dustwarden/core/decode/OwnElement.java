package dustwarden.core.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dustwarden.core.model.Activity;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.DeviceKind.Stream;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Observation.By;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Direction;
import dustwarden.core.model.Observation.Source;
import dustwarden.core.model.Observation.Vehicle;
import dustwarden.core.model.Observation.Wash;
import dustwarden.core.model.Observation.Wheels;
import dustwarden.core.model.Values;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads one element of a device's payload, judged alone. */
final class OwnElement {
    private static final double SECONDS_MAX = 86_400;
    private static final double FLOW_MAX = 1_000_000;
    private static final Optional<Boolean> ONLINE = Optional.of(true);
    private static final Optional<Boolean> OFFLINE = Optional.of(false);

    private final OwnSender sender;
    private final Stream stream;
    /** For readings only: reused from one element to the next. */
    private ValuesReader values;

    private KeySet keys;

    OwnElement(OwnSender sender, Stream stream) {
        this.sender = sender;
        this.stream = stream;
    }

    /** Reads the object whose start is the current token. */
    Decoded read(JsonParser parser) throws IOException {
        Trouble trouble = new Trouble();
        if (stream == Stream.READING) {
            if (values == null) {
                values = new ValuesReader();
                keys = new KeySet();
            }
            return reading(parser, trouble);
        }
        Body body = Body.read(parser, trouble);
        if (stream == Stream.STATUS) {
            return status(body, trouble);
        }
        OptionalLong time = Scalars.time(body.raw("ts"), "ts", trouble);
        time.ifPresent(ts -> sender.checkTime(ts, trouble));
        long ts = time.orElse(0);
        return switch (stream) {
            case CAMERA -> done(camera(body, ts), trouble, Optional.empty());
            case PASSAGE -> done(passage(body, ts), trouble, Optional.empty());
            case UNIT -> unit(body, ts, trouble);
            case ACTIVITY -> activity(body, ts, trouble);
            default -> done(spray(body, ts), trouble, Optional.empty());
        };
    }

    private Decoded reading(JsonParser parser, Trouble trouble) throws IOException {
        values.clear();
        keys.clear();
        Object ts = null;
        Object seq = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (!keys.add(key)) {
                throw new JsonBytes.RepeatedKey();
            }
            parser.nextToken();
            switch (key) {
                case "ts" -> ts = Scalars.read(parser);
                case "seq" -> seq = Scalars.read(parser);
                case "values" -> values.readValues(parser, trouble);
                case "flags" -> values.readFlags(parser, trouble);
                default -> JsonBytes.skip(parser);
            }
        }
        OptionalLong time = Scalars.time(ts, "ts", trouble);
        if (time.isPresent()) {
            sender.checkTime(time.getAsLong(), trouble);
        }
        OptionalLong number = Scalars.whole(seq, "seq", trouble);
        Optional<Values> read = values.values(trouble);
        if (!trouble.isNone()) {
            return trouble.rejected().orElseThrow();
        }
        return new Decoded.Accepted(
                List.of(new Observation.Reading(
                        sender.site(), sender.device(), time.getAsLong(), number, read.orElseThrow())),
                List.of(),
                values.ignored());
    }

    private Decoded status(Body body, Trouble trouble) {
        Optional<Boolean> online = body.word("state", OwnElement::online);
        if (body.raw("state") == null) {
            body.missing("state");
        }
        return done(
                new Observation.Status(
                        sender.site(), sender.device(), sender.received().orElse(0), online.orElse(false),
                        body.position("position")),
                trouble,
                Optional.empty());
    }

    private static Optional<Boolean> online(String state) {
        return state.equals("online") ? ONLINE : state.equals("offline") ? OFFLINE : Optional.empty();
    }

    private Observation camera(Body body, long ts) {
        return new Observation.Camera(
                sender.site(),
                sender.device(),
                ts,
                body.requiredTruth("online"),
                body.claim("recording"),
                body.claim("blocked"),
                body.claim("moved"));
    }

    private Observation passage(Body body, long ts) {
        Body wash = body.child("wash");
        return new Observation.Passage(
                sender.site(),
                sender.device(),
                ts,
                body.requiredText("id"),
                body.requiredWord("direction", Direction.class),
                body.word("vehicle", Vehicle.class).orElse(Vehicle.TRUCK),
                body.text("plate"),
                body.claim("loaded"),
                body.word("cargo", Cargo.class),
                body.claim("covered"),
                body.claim("overfull"),
                new Wash(
                        wash.number("seconds", 0, SECONDS_MAX),
                        wash.claim("pump"),
                        wash.word("wheels", Wheels.class).orElse(Wheels.UNKNOWN)),
                body.claim("bypass"),
                body.text("picture"));
    }

    private Decoded unit(Body body, long ts, Trouble trouble) {
        String unit = body.requiredText("unit");
        if (!sender.hasUnit(unit)) {
            trouble.add(Refusal.UNKNOWN_UNIT, "unit names none of the site's units");
        }
        boolean good = body.requiredTruth("good");
        return done(
                new Observation.UnitReport(
                        sender.site(),
                        sender.device(),
                        ts,
                        unit,
                        good,
                        body.number("share", 0, 1).orElse(good ? 1 : 0),
                        body.truth("active").orElse(false),
                        body.word("source", Source.class).orElse(sourceOfKind()),
                        body.word("by", By.class).orElse(By.CONTRACTOR),
                        body.truth("confirmed").orElse(true),
                        body.text("picture")),
                trouble,
                Optional.empty());
    }

    /** How a device sees that does not say so. */
    private Source sourceOfKind() {
        return sender.kind()
                .map(kind -> kind == DeviceKind.CAMERA ? Source.CAMERA : Source.SENSOR)
                .orElse(Source.SURVEY);
    }

    /** A zone that is no unit of the site leaves the activity itself true, so it is kept and said. */
    private Decoded activity(Body body, long ts, Trouble trouble) {
        Optional<Activity> activity = body.word("activity", Activity::ofWire);
        if (body.raw("activity") == null) {
            body.missing("activity");
        }
        Optional<String> zone = body.text("zone");
        boolean zoneIsUnit = zone.isEmpty() || sender.hasUnit(zone.get());
        return done(
                new Observation.Running(
                        sender.site(),
                        sender.device(),
                        ts,
                        activity.orElse(Activity.EARTHWORK),
                        zone,
                        body.requiredTruth("running")),
                trouble,
                zoneIsUnit ? Optional.empty() : Optional.of("zone names none of the site's units"));
    }

    private Observation spray(Body body, long ts) {
        return new Observation.Spray(
                sender.site(), sender.device(), ts, body.requiredTruth("on"), body.number("flow", 0, FLOW_MAX));
    }

    private static Decoded done(Observation observation, Trouble trouble, Optional<String> ignored) {
        return trouble.isNone()
                ? new Decoded.Accepted(List.of(observation), List.of(), ignored)
                : trouble.rejected().orElseThrow();
    }
}
