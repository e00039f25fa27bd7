package dustwarden.core.decode;

import dustwarden.core.decode.Hj212Decoder.Context;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the moments or intervals of one data frame become: mostly one, several where it has several {@code DataTime}. */
final class Hj212Moments {
    static final String NO_SYSTEM = "its ST is none of 39, 22, 31, 23";
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY_MS = 24 * HOUR_MS;

    private final Hj212Frame frame;
    private final Context context;
    private final boolean interval;
    private final List<Observation> observations = new ArrayList<>(1);
    private final Set<String> leftOut = new LinkedHashSet<>();
    private Optional<Decoded.Rejected> refused = Optional.empty();
    private OptionalLong apart = OptionalLong.empty();

    Hj212Moments(Hj212Frame frame, Context context) {
        this.frame = frame;
        this.context = context;
        this.interval = !frame.cn().equals("2011");
    }

    static Decoded nothing(Hj212Frame frame, String why) {
        return new Decoded.Accepted(List.of(), List.copyOf(frame.tolerated()), Optional.of(why));
    }

    /** @param ours whether its system is one that we read; if not, only its deviations are named */
    Decoded read(boolean ours) {
        List<Hj212Frame> moments = frame.moments();
        if (interval && moments.size() > 1) {
            apart = Hj212Time.apart(moments.stream().map(m -> Hj212Time.parse(m.plain("DataTime"), context.zone())).toList());
        }
        for (Hj212Frame moment : moments) {
            Hj212Values factors = new Hj212Values(moment, context.scale(), interval);
            if (ours) {
                observe(moment, factors);
            }
        }
        if (!ours) {
            return nothing(frame, NO_SYSTEM);
        }
        if (observations.isEmpty() && refused.isPresent()) {
            return refused.get();
        }
        return new Decoded.Accepted(observations, List.copyOf(frame.tolerated()),
                leftOut.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", leftOut)));
    }

    private void observe(Hj212Frame moment, Hj212Values factors) {
        Optional<Values> values = factors.values();
        if (values.isEmpty()) {
            leftOut.add(factors.leftOut().orElse("it carries no factor that is judged"));
            return;
        }
        String dataTime = moment.plain("DataTime");
        OptionalLong ts = Hj212Time.parse(dataTime, context.zone());
        if (ts.isEmpty()) {
            leftOut.add("its DataTime is absent or no time");
            return;
        }
        if (!Hj212Frame.isDigits(dataTime, Hj212Time.SECONDS)) {
            frame.tolerated().add("datatime");
        }
        Trouble trouble = new Trouble();
        context.received().ifPresent(received -> OwnSender.checkTime(ts.getAsLong(), received, trouble));
        if (!trouble.isNone()) {
            refused = refused.or(trouble::rejected);
            leftOut.add("left out: " + trouble.rejected().orElseThrow().detail());
            return;
        }
        factors.leftOut().ifPresent(leftOut::add);
        observations.add(interval
                ? new Observation.Interval(
                        context.site(), context.device(), ts.getAsLong(), periodMs(ts.getAsLong()), values.get())
                : new Observation.Reading(
                        context.site(), context.device(), ts.getAsLong(), OptionalLong.empty(), values.get()));
    }

    private long periodMs(long ts) {
        return switch (frame.cn()) {
            case "2031" -> DAY_MS;
            case "2061" -> HOUR_MS;
            default -> context.intervalMs().orElseGet(() -> apart.orElseGet(
                    () -> Hj212Time.minuteInterval(ts, Hj212Time.parse(frame.get("QN"), context.zone()))));
        };
    }
}
