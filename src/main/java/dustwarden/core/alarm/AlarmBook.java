package dustwarden.core.alarm;

import dustwarden.core.alarm.AlarmState.ActKind;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import dustwarden.core.model.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The alarms of one site: at most one open for a rule and subject, raised and returned with delays, closed by people or
 * data, never deleted.
 *
 * <p>An alarm raised by a subject that became unclear stays as it is: not knowing clears nothing.
 */
public final class AlarmBook {
    /** How a subject has stood lately. */
    private static final class Watch {
        Terms terms;
        final String subject;
        Standing standing = Standing.IN_ORDER;
        long brokenSince = Long.MAX_VALUE;
        long inOrderSince = Long.MAX_VALUE;
        long failures;
        /** Failures that an alarm before this one has told of. */
        long toldFailures;
        Subject latest;
        Alarm alarm;

        Watch(Terms terms, String subject) {
            this.terms = terms;
            this.subject = subject;
        }

        @SuppressWarnings("unused")
        private Watch() {
            this(Terms.DEVICE_SILENT, "");
        }
    }

    private final String site;
    private final TreeMap<String, Watch> watches = new TreeMap<>();

    public AlarmBook(String site) {
        this.site = site;
    }

    @SuppressWarnings("unused")
    private AlarmBook() {
        this("");
    }

    /** Takes in how a rule's subjects stand. */
    public void update(Terms terms, List<Subject> subjects, long now, long offset, Consumer<AlarmEvent> out) {
        for (Subject subject : subjects) {
            Watch watch = watches.computeIfAbsent(key(terms.rule(), subject.id()), k -> new Watch(terms, subject.id()));
            watch.terms = terms;
            stand(watch, subject, now, offset, out);
        }
    }

    private void stand(Watch watch, Subject subject, long now, long offset, Consumer<AlarmEvent> out) {
        watch.latest = subject;
        boolean failedAgain = subject.failures() > watch.failures;
        // A mended subject counts anew: its next failure is one that no alarm has told of.
        watch.failures = subject.failures();
        watch.toldFailures = Math.min(watch.toldFailures, watch.failures);
        if (subject.standing() != watch.standing || failedAgain) {
            watch.standing = subject.standing();
            if (subject.standing() == Standing.BROKEN) {
                watch.brokenSince = Math.min(watch.brokenSince, now);
                watch.inOrderSince = Long.MAX_VALUE;
            } else if (subject.standing() == Standing.IN_ORDER) {
                watch.inOrderSince = Math.min(watch.inOrderSince, now);
                watch.brokenSince = Long.MAX_VALUE;
            }
        }
        if (watch.alarm != null) {
            note(watch.alarm, subject);
            boolean open = watch.alarm.state == AlarmState.RAISED || watch.alarm.state == AlarmState.ACKNOWLEDGED;
            if (open && subject.standing() == Standing.BROKEN && subject.rectified()) {
                change(watch.alarm, AlarmState.RECTIFIED, Optional.empty(), Optional.empty(), out);
            }
            if (failedAgain && isUp(watch.alarm)) {
                watch.alarm.occurrences += watch.failures - watch.toldFailures;
                watch.toldFailures = watch.failures;
                enter(watch.alarm, "occurrence", Optional.empty(), Optional.empty(), out);
                tell(watch.alarm, "occurrence", out);
            }
        }
        due(watch, now, offset, out);
    }

    private static void note(Alarm alarm, Subject subject) {
        if (subject.peak().isPresent()) {
            boolean higher = subject.limit().isEmpty()
                    || alarm.peak.isEmpty()
                    || subject.peak().getAsDouble() > alarm.peak.getAsDouble();
            if (higher) {
                alarm.peak = subject.peak();
            }
        }
        if (subject.limit().isPresent()) {
            alarm.limit = subject.limit();
        }
        if (!subject.reasons().isEmpty() && subject.standing() == Standing.BROKEN) {
            alarm.reasons = subject.reasons();
        }
    }

    /** Does what time alone calls for. */
    public void tick(long now, long offset, Consumer<AlarmEvent> out) {
        for (Watch watch : new ArrayList<>(watches.values())) {
            due(watch, now, offset, out);
        }
        watches.values().removeIf(w -> w.alarm == null && w.standing == Standing.IN_ORDER && w.failures == 0);
    }

    /** When {@link #tick} must be called again at the latest, epoch ms. */
    public long nextAt() {
        long next = Long.MAX_VALUE;
        for (Watch watch : watches.values()) {
            next = Math.min(next, nextAt(watch));
        }
        return next;
    }

    private static long nextAt(Watch watch) {
        if (watch.alarm == null) {
            return calls(watch) ? plus(watch.brokenSince, watch.terms.onDelayMs()) : Long.MAX_VALUE;
        }
        long next = watch.alarm.tellAt;
        if (watch.alarm.state == AlarmState.SHELVED) {
            next = Math.min(next, watch.alarm.shelvedUntil);
        }
        if (isUp(watch.alarm) && watch.standing == Standing.IN_ORDER) {
            next = Math.min(next, plus(watch.inOrderSince, watch.terms.offDelayMs()));
        } else if (watch.alarm.state == AlarmState.RETURNED && watch.standing == Standing.BROKEN) {
            next = Math.min(next, plus(watch.brokenSince, watch.terms.onDelayMs()));
        }
        return next;
    }

    /** Whether a subject without an alarm calls for one: broken, and not only by failures that an alarm has told of. */
    private static boolean calls(Watch watch) {
        return watch.standing == Standing.BROKEN && (watch.failures == 0 || watch.failures > watch.toldFailures);
    }

    private static long plus(long since, long delay) {
        return since == Long.MAX_VALUE ? Long.MAX_VALUE : since + delay;
    }

    private void due(Watch watch, long now, long offset, Consumer<AlarmEvent> out) {
        if (watch.alarm == null) {
            if (calls(watch) && plus(watch.brokenSince, watch.terms.onDelayMs()) <= now) {
                raise(watch, now, offset, out);
            }
            return;
        }
        Alarm alarm = watch.alarm;
        if (alarm.state == AlarmState.SHELVED && alarm.shelvedUntil <= now) {
            alarm.shelvedUntil = Long.MAX_VALUE;
            change(alarm, alarm.under, Optional.empty(), Optional.empty(), out);
        }
        if (isUp(alarm) && watch.standing == Standing.IN_ORDER && plus(watch.inOrderSince, watch.terms.offDelayMs()) <= now) {
            giveBack(watch, now, out);
        } else if (alarm.state == AlarmState.RETURNED
                && watch.standing == Standing.BROKEN
                && plus(watch.brokenSince, watch.terms.onDelayMs()) <= now) {
            alarm.returnedAt = OptionalLong.empty();
            alarm.acknowledged = false;
            if (watch.failures > watch.toldFailures) {
                alarm.occurrences += watch.failures - watch.toldFailures;
                watch.toldFailures = watch.failures;
            } else {
                alarm.occurrences++;
            }
            alarm.tellAt = now + watch.terms.noticeDelayMs();
            change(alarm, AlarmState.RAISED, Optional.empty(), Optional.empty(), out);
        }
        if (watch.alarm != null && watch.alarm.tellAt <= now) {
            watch.alarm.tellAt = Long.MAX_VALUE;
            if (watch.alarm.state != AlarmState.SHELVED) {
                watch.alarm.told = true;
                out.accept(new AlarmEvent.Tell(watch.alarm.id, "raised", watch.alarm.priority));
            }
        }
    }

    private void raise(Watch watch, long now, long offset, Consumer<AlarmEvent> out) {
        String id = id(site, watch.terms.rule(), watch.subject, offset);
        Alarm alarm = new Alarm(id, watch.terms, watch.subject, now, now + watch.terms.noticeDelayMs());
        alarm.occurrences = Math.max(1, watch.failures - watch.toldFailures);
        watch.toldFailures = watch.failures;
        watch.alarm = alarm;
        if (watch.latest != null) {
            note(alarm, watch.latest);
        }
        change(alarm, AlarmState.RAISED, Optional.empty(), Optional.empty(), out);
        if (alarm.tellAt <= now) {
            alarm.tellAt = Long.MAX_VALUE;
            alarm.told = true;
            tell(alarm, "raised", out);
        }
    }

    private void giveBack(Watch watch, long now, Consumer<AlarmEvent> out) {
        Alarm alarm = watch.alarm;
        alarm.returnedAt = OptionalLong.of(now);
        alarm.shelvedUntil = Long.MAX_VALUE;
        alarm.tellAt = Long.MAX_VALUE;
        change(alarm, AlarmState.RETURNED, Optional.empty(), Optional.empty(), out);
        tell(alarm, "returned", out);
        if (alarm.acknowledged) {
            close(watch, Optional.empty(), Optional.empty(), out);
        }
    }

    private void close(Watch watch, Optional<String> person, Optional<String> text, Consumer<AlarmEvent> out) {
        change(watch.alarm, AlarmState.CLOSED, person, text, out);
        watch.alarm = null;
    }

    /** What came of an act. */
    public sealed interface Outcome {
        /** It was done. */
        record Done() implements Outcome {}

        /** It may not be done, for a stable reason. */
        record Refused(String reason, String detail) implements Outcome {}
    }

    /** Does a person's act on an open alarm. */
    public Outcome act(ActKind act, String alarmId, String person, Optional<String> text, OptionalLong until,
            OptionalLong version, long now, Consumer<AlarmEvent> out) {
        Optional<Watch> found = watches.values().stream()
                .filter(w -> w.alarm != null && w.alarm.id.equals(alarmId))
                .findFirst();
        if (found.isEmpty()) {
            return new Outcome.Refused("unknown-alarm", "no open alarm has the id " + alarmId);
        }
        Watch watch = found.get();
        Alarm alarm = watch.alarm;
        if (version.isPresent() && version.getAsLong() != alarm.version) {
            return new Outcome.Refused("stale-version",
                    "the alarm is at version " + alarm.version + ", the act was meant for " + version.getAsLong());
        }
        Optional<AlarmState> next = alarm.state.after(act);
        if (next.isEmpty()) {
            return new Outcome.Refused("not-allowed", "an alarm that is " + alarm.state.word() + " cannot take this act");
        }
        if (act == ActKind.SHELVE && (until.isEmpty() || until.getAsLong() <= now)) {
            return new Outcome.Refused("missing-field", "shelving needs an end in the future under until");
        }
        apply(watch, act, next.get(), person, text, until, out);
        return new Outcome.Done();
    }

    private void apply(Watch watch, ActKind act, AlarmState next, String person, Optional<String> text, OptionalLong until,
            Consumer<AlarmEvent> out) {
        Alarm alarm = watch.alarm;
        Optional<String> by = Optional.of(person);
        switch (act) {
            case ACKNOWLEDGE -> {
                alarm.acknowledged = true;
                if (alarm.state == AlarmState.RECTIFIED || alarm.state == AlarmState.RETURNED) {
                    enter(alarm, AlarmState.ACKNOWLEDGED.word(), by, text, out);
                }
                if (next == AlarmState.CLOSED) {
                    close(watch, by, text, out);
                } else if (next == AlarmState.ACKNOWLEDGED) {
                    change(alarm, next, by, text, out);
                }
            }
            case RECTIFY -> change(alarm, next, by, text, out);
            case VERIFY -> {
                change(alarm, next, by, text, out);
                close(watch, by, text, out);
            }
            case SHELVE -> {
                alarm.under = alarm.state;
                alarm.shelvedUntil = until.getAsLong();
                change(alarm, next, by, text, out);
            }
            case COMMENT -> enter(alarm, "comment", by, text, out);
        }
    }

    /** Closes the alarms of rules that no longer bind the site. */
    public void withdraw(Set<String> bindingRules, Consumer<AlarmEvent> out) {
        for (Map.Entry<String, Watch> entry : new ArrayList<>(watches.entrySet())) {
            Watch watch = entry.getValue();
            if (bindingRules.contains(watch.terms.rule())) {
                continue;
            }
            if (watch.alarm != null) {
                watch.alarm.reasons = List.of(Reason.of("rule-withdrawn", "rule", watch.terms.rule()));
                boolean told = watch.alarm.told;
                Alarm alarm = watch.alarm;
                close(watch, Optional.empty(), Optional.empty(), out);
                if (told) {
                    out.accept(new AlarmEvent.Tell(alarm.id, "closed", alarm.priority));
                }
            }
            watches.remove(entry.getKey());
        }
    }

    /** Ids of the open alarms. */
    public List<String> open() {
        return watches.values().stream().filter(w -> w.alarm != null).map(w -> w.alarm.id).toList();
    }

    private static boolean isUp(Alarm alarm) {
        return switch (alarm.state) {
            case RAISED, ACKNOWLEDGED, RECTIFIED, SHELVED, SUPPRESSED, OUT_OF_SERVICE -> true;
            case RETURNED, VERIFIED, CLOSED -> false;
        };
    }

    private static void tell(Alarm alarm, String transition, Consumer<AlarmEvent> out) {
        if (alarm.told && alarm.state != AlarmState.SHELVED) {
            out.accept(new AlarmEvent.Tell(alarm.id, transition, alarm.priority));
        }
    }

    private static void change(Alarm alarm, AlarmState next, Optional<String> person, Optional<String> text,
            Consumer<AlarmEvent> out) {
        alarm.state = next;
        enter(alarm, next.word(), person, text, out);
    }

    private static void enter(Alarm alarm, String transition, Optional<String> person, Optional<String> text,
            Consumer<AlarmEvent> out) {
        alarm.version++;
        out.accept(new AlarmEvent.Transition(alarm.id, alarm.item, alarm.rule, alarm.subject, alarm.priority, transition,
                alarm.state.word(), alarm.raisedAt, alarm.returnedAt, alarm.occurrences, alarm.peak, alarm.limit, alarm.reasons,
                person, text, alarm.shelvedUntil == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(alarm.shelvedUntil),
                alarm.version));
    }

    private static String key(String rule, String subject) {
        return rule + "|" + subject;
    }

    /** First 16 hex digits of SHA-256 over {@code site|rule|subject|offset raised}. */
    static String id(String site, String rule, String subject, long offset) {
        return CanonicalJson.shortId(site + "|" + rule + "|" + subject + "|" + offset);
    }
}
