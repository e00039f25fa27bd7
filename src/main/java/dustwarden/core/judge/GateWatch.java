package dustwarden.core.judge;

import dustwarden.core.model.Device;
import java.util.Optional;

/**
 * How well one gate was watched over a period.
 *
 * @param elapsedMs length of the period so far
 * @param watchedMs how much of it some device of the gate was heard in time
 * @param heard whether one is heard at its end
 * @param why what to say when it is not
 * @param nextAt when time alone may change this
 * @param turnsAt when it changes even if it is heard on and on
 */
record GateWatch(long elapsedMs, long watchedMs, boolean heard, Optional<Reason> why, long nextAt, long turnsAt) {

    /**
     * Looks at one gate over {@code [from, to)}; {@code to} is now while the period runs.
     *
     * <p>After the site's registration and after our own absences a device has as long as one report of it counts to
     * be heard; only then does silence begin. Our own absences are not watched.
     */
    static GateWatch of(SiteFacts facts, Gates.Watched gate, double silentShareMax, long from, long to, long now) {
        Spans watched = new Spans();
        boolean heard = false;
        long until = Long.MAX_VALUE;
        for (Device device : gate.devices()) {
            DeviceFacts said = facts.device(device.id());
            if (said.lastHeard().isPresent()) {
                said.heard().within(from, to).forEach(s -> watched.add(s.from(), s.to()));
                patience(facts, device, now).within(from, to).forEach(s -> watched.add(s.from(), s.to()));
            }
            if (said.heardAt(now) && facts.watching()) {
                until = heard ? Math.max(until, said.heardUntil(now)) : said.heardUntil(now);
                heard = true;
            }
        }
        facts.absences(now).within(from, to).forEach(s -> watched.remove(s.from(), s.to()));
        Optional<Reason> why = heard ? Optional.empty() : Optional.of(why(facts, gate, now));
        long elapsed = Math.max(0, to - from);
        GateWatch watch = new GateWatch(elapsed, watched.covered(from, to), heard, why, until, Long.MAX_VALUE);
        return watch.withTurn(silentShareMax, from, now);
    }

    private static Reason why(SiteFacts facts, Gates.Watched gate, long now) {
        return gate.devices().isEmpty()
                ? Reason.of("no-device", "gate", gate.id())
                : Silence.why(facts, gate.devices().get(0), now);
    }

    boolean tooSilent(double shareMax) {
        return elapsedMs - watchedMs > shareMax * elapsedMs;
    }

    /** Adds when the silent share crosses its limit, upward in silence, downward while heard. */
    private GateWatch withTurn(double shareMax, long from, long now) {
        double silent = elapsedMs - watchedMs;
        double at = heard ? from + silent / shareMax : (now - silent - shareMax * from) / (1 - shareMax);
        long turn = at < Long.MAX_VALUE && at > 0 ? (long) Math.floor(at) + 1 : Long.MAX_VALUE;
        return turn > now ? new GateWatch(elapsedMs, watchedMs, heard, why, Math.min(nextAt, turn), turn) : this;
    }

    private static Spans patience(SiteFacts facts, Device device, long now) {
        Spans spans = new Spans();
        spans.add(facts.countsFrom(), facts.countsFrom() + device.validityMs());
        facts.absences(now).within(facts.countsFrom(), now).forEach(s -> spans.add(s.to(), s.to() + device.validityMs()));
        facts.device(device.id()).offlineSince().ifPresent(at -> spans.remove(at, Long.MAX_VALUE));
        return spans;
    }
}
