package dustwarden.core.judge;

import dustwarden.core.judge.Spans.Span;
import dustwarden.core.model.Device;
import java.util.OptionalLong;

/**
 * Whether a required device was silent for over 24 h that no filed outage and no absence of ours excuses, on days with
 * works in the plan.
 */
final class MonitoringKept {
    /** How long a monitor may be silent under a limit. */
    static final long SILENCE_MAX_MS = 86_400_000;
    private static final long LOOK_BACK_MS = 31 * 86_400_000L;

    /**
     * How it stands for a stretch of time.
     *
     * @param brokenSince when the silence began that grew too long within the stretch, epoch ms
     * @param breaksAt when the silence that runs at the end of the stretch grows too long, {@code Long.MAX_VALUE} never
     */
    record Standing(OptionalLong brokenSince, long breaksAt) {}

    private MonitoringKept() {}

    /** How it stands at an instant that is not in the future: by the silence, if any, that it lies in. */
    static Standing at(SiteFacts facts, Device device, long at, long afterMs, long now) {
        // The millisecond that holds the instant is looked at and is not yet silence.
        Standing standing = over(facts, device, at, at + 1, afterMs + 1, now);
        boolean never = standing.breaksAt() == Long.MAX_VALUE;
        return new Standing(standing.brokenSince(), never ? Long.MAX_VALUE : standing.breaksAt() - 1);
    }

    /** How it stands over {@code [from, to)}; {@code to} is at most the present. */
    static Standing over(SiteFacts facts, Device device, long from, long to, long afterMs, long now) {
        DeviceFacts heard = facts.device(device.id());
        long earliest = Math.max(facts.countsFrom(), from - LOOK_BACK_MS);
        OptionalLong since = OptionalLong.empty();
        long breaksAt = Long.MAX_VALUE;
        for (Span gap : heard.heard().gaps(earliest, Math.max(to, earliest))) {
            if (gap.to() <= from) {
                continue;
            }
            long start = gap.from() == earliest ? earliest : Math.max(earliest, gap.from() - device.validityMs());
            if (heard.lastHeard().isPresent() && heard.lastHeard().getAsLong() < gap.from()) {
                start = Math.max(start, heard.lastHeard().getAsLong());
            }
            long silent = unexcused(facts, device, start, gap.to(), now);
            if (silent > afterMs && since.isEmpty()) {
                since = OptionalLong.of(start);
            } else if (gap.to() == to) {
                breaksAt = to + afterMs - silent + 1;
            }
        }
        return new Standing(since, breaksAt);
    }

    private static long unexcused(SiteFacts facts, Device device, long from, long to, long now) {
        Spans excused = new Spans();
        facts.absences(now).within(from, to).forEach(s -> excused.add(s.from(), s.to()));
        facts.outages(device.id()).forEach(o -> excused.add(Math.max(from, o.from()), Math.min(to, o.to())));
        if (!facts.site().phases().isEmpty()) {
            for (long day = facts.site().dayStart(from); day < to; day = facts.site().dayEnd(day)) {
                if (facts.site().worksOn(facts.site().localDate(day)).map(w -> w.isEmpty()).orElse(false)) {
                    excused.add(Math.max(from, day), Math.min(to, facts.site().dayEnd(day)));
                }
            }
        }
        return to - from - excused.covered(from, to);
    }
}
