package dustwarden.command;

import dustwarden.core.model.Device;
import dustwarden.core.model.Site;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One spray or fog cannon: says when it is to start and stop, and what came of it. Told the time; does nothing itself.
 *
 * <p>What is not known never starts it: no fresh monitor, no start; no thermometer, none from November to March.
 */
final class SprayMachine {
    private static final Set<Month> COLD = Set.of(Month.NOVEMBER, Month.DECEMBER, Month.JANUARY, Month.FEBRUARY, Month.MARCH);
    private static final long LOOK_MS = 60_000;
    private static final long EFFECT_SPAN_MS = 180_000;

    /** What is to be done. */
    sealed interface Step {
        /** Tell the device. @param until when it is to stop by itself, epoch ms; 0 for a stop */
        record Command(String id, boolean on, long until, String reason, OptionalDouble value) implements Step {}

        /** It did not report what it was told in time. */
        record Unanswered(String command, boolean on) implements Step {}

        /** Whether its run lowered the dust. */
        record Effect(String command, boolean effective, double before, double after, String reference, String monitor)
                implements Step {}
    }

    private final Site site;
    private final Device device;
    private SprayTerms terms;
    private final SprayMemory m;

    SprayMachine(Site site, Device device, SprayTerms terms, SprayMemory memory) {
        this.site = site;
        this.device = device;
        this.terms = terms;
        this.m = memory;
    }

    SprayMemory memory() {
        return m;
    }

    /** The device's own word. Answers nothing to do; whoever turned it on, its running time counts. */
    void reported(boolean on, long now) {
        count(now);
        m.reportedOn = on;
        m.reportedAt = now;
        if (!m.awaited.isEmpty() && m.awaitedOn == on) {
            m.answered = m.awaited;
            m.awaited = "";
            if (on) {
                m.effectDue = now + terms.effectAfter().toMillis();
            }
        }
        if (on && m.runningSince == 0) {
            m.runningSince = now;
        } else if (!on && m.runningSince != 0) {
            m.runningSince = 0;
            m.stoppedAt = now;
        }
    }

    private void count(long now) {
        LocalDate day = site.localDate(now);
        if (!day.toString().equals(m.day)) {
            m.day = day.toString();
            m.ranMs = 0;
            m.countedAt = now;
        }
        if (m.runningSince != 0) {
            m.ranMs += Math.max(0, now - Math.max(m.countedAt, m.runningSince));
        }
        m.countedAt = now;
    }

    /** A person's word: on, off, or empty for by itself again. */
    Optional<Step> override(Optional<Boolean> on, long until, long now) {
        m.manualUntil = on.isPresent() ? until : 0;
        m.manualOn = on.orElse(false);
        if (on.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(on.get() ? start(until, "manual", OptionalDouble.empty(), now) : stop("manual", OptionalDouble.empty(), now));
    }

    /** What is due now; at most one thing, ask again after it was done. */
    Optional<Step> due(SiteAir air, long now) {
        count(now);
        if (!m.awaited.isEmpty() && now - m.awaitedSince > terms.answer().toMillis()) {
            Step unanswered = new Step.Unanswered(m.awaited, m.awaitedOn);
            m.awaited = "";
            m.effectDue = 0;
            // Nobody knows whether it runs: it rests as after a stop.
            m.runningSince = m.reportedOn ? m.runningSince : 0;
            m.stoppedAt = now;
            return Optional.of(unanswered);
        }
        if (m.effectDue != 0 && now >= m.effectDue) {
            return Optional.of(effect(air, now));
        }
        if (m.manualUntil > now) {
            return Optional.empty();
        }
        if (m.manualUntil != 0) {
            m.manualUntil = 0;
            if (m.manualOn && m.runningSince != 0) {
                return Optional.of(stop("manual-over", OptionalDouble.empty(), now));
            }
        }
        return m.runningSince != 0 ? stopDue(air, now) : startDue(air, now);
    }

    private Optional<Step> startDue(SiteAir air, long now) {
        Optional<String> worst = air.worst(now, terms.stale().toMillis());
        OptionalDouble level = worst.map(w -> air.mean(w, now, LOOK_MS)).orElse(OptionalDouble.empty());
        if (level.isEmpty() || level.getAsDouble() <= terms.start()) {
            m.aboveSince = 0;
            return Optional.empty();
        }
        m.aboveSince = m.aboveSince == 0 ? now : m.aboveSince;
        boolean long_ = now - m.aboveSince >= terms.startFor().toMillis();
        boolean rested = m.stoppedAt == 0 || now - m.stoppedAt >= terms.minPause().toMillis();
        if (!long_ || !rested || !m.awaited.isEmpty() || lock(air, now).isPresent()) {
            return Optional.empty();
        }
        m.monitor = worst.get();
        SiteAir.Reference reference = air.reference(site, m.monitor, now, EFFECT_SPAN_MS);
        m.before = air.mean(m.monitor, now, EFFECT_SPAN_MS).orElse(level.getAsDouble()) - reference.value();
        m.reference = reference.kind();
        return Optional.of(start(now + terms.maxRun().toMillis(), "pm10-above-" + shown(terms.start()), level, now));
    }

    private Optional<Step> stopDue(SiteAir air, long now) {
        long ran = now - m.runningSince;
        OptionalDouble level = air.worst(now, terms.stale().toMillis())
                .map(w -> air.mean(w, now, LOOK_MS)).orElse(OptionalDouble.empty());
        Optional<String> lock = lock(air, now);
        if (!m.ours || !m.awaited.isEmpty()) {
            // Somebody on site turned it on: that is theirs to end, save in frost.
            return lock.filter(l -> l.equals("frost") && m.awaited.isEmpty()).map(l -> stop(l, level, now));
        }
        if (lock.isPresent()) {
            return Optional.of(stop(lock.get(), level, now));
        }
        if (ran >= terms.maxRun().toMillis()) {
            return Optional.of(stop("longest-run", level, now));
        }
        boolean low = level.isPresent() && level.getAsDouble() < terms.stop();
        m.belowSince = low ? m.belowSince == 0 ? now : m.belowSince : 0;
        boolean settled = low && now - m.belowSince >= terms.stopFor().toMillis();
        return settled && ran >= terms.minRun().toMillis()
                ? Optional.of(stop("pm10-below-" + shown(terms.stop()), level, now))
                : Optional.empty();
    }

    /** Why nothing may run now. */
    private Optional<String> lock(SiteAir air, long now) {
        OptionalDouble temperature = air.temperature(now);
        if (temperature.isPresent() && temperature.getAsDouble() <= terms.frost()) {
            return Optional.of("frost");
        }
        if (temperature.isEmpty() && COLD.contains(Instant.ofEpochMilli(now).atZone(site.zone()).getMonth())) {
            return Optional.of("temperature-unknown");
        }
        if (air.rainOfTheHour(now) >= terms.rain()) {
            return Optional.of("rain");
        }
        return m.ranMs >= terms.maxDay().toMillis() ? Optional.of("day-used-up") : Optional.empty();
    }

    private Step start(long until, String reason, OptionalDouble value, long now) {
        m.ours = true;
        m.belowSince = 0;
        m.effectDue = 0;
        await(true, now);
        m.runningSince = m.runningSince == 0 ? now : m.runningSince;
        if (reason.equals("manual")) {
            m.monitor = "";
        }
        return new Step.Command(m.awaited, true, until, reason, value);
    }

    private Step stop(String reason, OptionalDouble value, long now) {
        m.ours = false;
        m.aboveSince = 0;
        m.effectDue = 0;
        await(false, now);
        m.runningSince = 0;
        m.stoppedAt = now;
        return new Step.Command(m.awaited, false, 0, reason, value);
    }

    private void await(boolean on, long now) {
        m.commands++;
        m.awaited = site.id() + "-" + device.id() + "-" + now + "-" + m.commands;
        m.lastCommand = m.awaited;
        m.awaitedOn = on;
        m.awaitedSince = now;
    }

    private Step effect(SiteAir air, long now) {
        m.effectDue = 0;
        if (m.monitor.isEmpty()) {
            m.monitor = air.worst(now, terms.stale().toMillis()).orElse("");
        }
        OptionalDouble mean = air.mean(m.monitor, now, EFFECT_SPAN_MS);
        SiteAir.Reference reference = air.reference(site, m.monitor, now, EFFECT_SPAN_MS);
        double after = mean.orElse(Double.POSITIVE_INFINITY) - (reference.kind().equals(m.reference) ? reference.value() : 0);
        boolean effective = mean.isPresent()
                && (m.before <= 0 || after <= m.before * (1 - terms.effectDrop()) || mean.getAsDouble() < terms.stop());
        return new Step.Effect(m.lastCommand, effective, m.before, mean.isPresent() ? after : m.before, m.reference, m.monitor);
    }

    private static String shown(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
