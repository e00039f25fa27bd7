package dustwarden.settings;

import dustwarden.core.CommonCause;
import dustwarden.core.model.Fields;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads under {@code alarms} from when on the trouble of many is one alarm. */
final class CommonCauseReader {
    private static final int MANY_MAX = 10_000;
    private static final long WITHIN_MAX_MS = 7L * 86_400_000;

    private CommonCauseReader() {}

    static CommonCause read(Fields all) {
        CommonCause d = CommonCause.DEFAULT;
        Fields alarms = all.child("alarms");
        Fields region = alarms.child("region");
        Fields site = alarms.child("site");
        double share = number(region, "share", d.share(), 0.01, 1);
        double left = number(region, "left", Math.min(d.left(), share / 2), 0, 0.99);
        if (left >= share) {
            region.problem("left", "must be below share, " + share + ": what is over is less than what began");
            left = share / 2;
        }
        CommonCause read = new CommonCause(
                count(region, "sites", d.sitesMin()), share, left, span(region, "silentWithin").orElse(d.silentWithinMs()),
                span(region, "dustWithin").orElse(d.dustWithinMs()), span(region, "backgroundAwaited").orElse(d.backgroundAwaitedMs()),
                span(region, "acknowledgeWithin"), span(region, "rectifyWithin"), count(site, "devices", d.devicesMin()));
        region.done();
        site.done();
        alarms.done();
        return read;
    }

    private static int count(Fields fields, String key, int otherwise) {
        double value = number(fields, key, otherwise, 2, MANY_MAX);
        if (value != Math.rint(value)) {
            fields.problem(key, "wants a whole number, got " + value);
            return otherwise;
        }
        return (int) value;
    }

    private static double number(Fields fields, String key, double otherwise, double least, double most) {
        OptionalDouble value = fields.optionalNumber(key);
        if (value.isPresent() && !(value.getAsDouble() >= least && value.getAsDouble() <= most)) {
            fields.problem(key, "lies in " + least + " to " + most + ", got " + value.getAsDouble());
            return otherwise;
        }
        return value.orElse(otherwise);
    }

    private static OptionalLong span(Fields fields, String key) {
        long ms = fields.optionalDuration(key).orElse(0L);
        if (ms > WITHIN_MAX_MS) {
            fields.problem(key, "is at most P7D");
            return OptionalLong.empty();
        }
        return ms > 0 ? OptionalLong.of(ms) : OptionalLong.empty();
    }
}
