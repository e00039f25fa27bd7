package dustwarden.core.alarm;

import dustwarden.core.alarm.AlarmEvent.Handling;
import dustwarden.core.alarm.AlarmEvent.Said;
import dustwarden.core.alarm.AlarmEvent.Transition;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.Subject;
import dustwarden.core.model.CanonicalJson;
import dustwarden.core.rule.RuleHead.Priority;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** One alarm as it stands; held by its book, changed by nobody else. */
final class Alarm {
    final String id;
    final String item;
    final String rule;
    final String subject;
    final Priority priority;
    final long raisedAt;
    AlarmState state = new AlarmState.Raised();
    /** People know of it. */
    boolean told;
    /** When people are to be told of the raising; {@code Long.MAX_VALUE} when they were or need not be. */
    long tellAt;
    /** Epoch ms; {@code Long.MAX_VALUE} where there is no such deadline. */
    long acknowledgeBy = Long.MAX_VALUE;
    long rectifyBy = Long.MAX_VALUE;
    /** Rungs of the ladder that it has climbed, and when it climbed the last. */
    int level;
    long climbedAt;
    boolean flapping;
    OptionalLong returnedAt = OptionalLong.empty();
    long occurrences = 1;
    OptionalDouble peak = OptionalDouble.empty();
    OptionalDouble limit = OptionalDouble.empty();
    List<Reason> reasons = List.of();
    long version;

    Alarm(String id, Terms terms, String subject, long raisedAt) {
        this.id = id;
        this.item = terms.item();
        this.rule = terms.rule();
        this.subject = subject;
        this.priority = terms.priority();
        this.raisedAt = raisedAt;
        this.tellAt = raisedAt + terms.noticeDelayMs();
    }

    /** For a stored state that is read again: only. */
    @SuppressWarnings("unused")
    private Alarm() {
        this("", Terms.DEVICE_SILENT, "", 0);
    }

    boolean isUp() {
        return state instanceof AlarmState.Up;
    }

    boolean isCovered() {
        return state instanceof AlarmState.Covered;
    }

    /** Takes in the worst figure and the newest reasons. */
    void note(Subject subject) {
        if (subject.peak().isPresent()) {
            boolean higher = subject.limit().isEmpty()
                    || peak.isEmpty()
                    || subject.peak().getAsDouble() > peak.getAsDouble();
            if (higher) {
                peak = subject.peak();
            }
        }
        if (subject.limit().isPresent()) {
            limit = subject.limit();
        }
        if (!subject.reasons().isEmpty() && subject.standing() == Subject.Standing.BROKEN) {
            reasons = subject.reasons();
        }
    }

    /** Enters a state and says so. */
    void change(AlarmState next, Said said, Consumer<AlarmEvent> out) {
        state = next;
        say(next.word(), said, out);
    }

    /** Says that something happened to it. */
    void say(String transition, Said said, Consumer<AlarmEvent> out) {
        version++;
        out.accept(new Transition(id, item, rule, subject, priority, transition, state.word(), raisedAt, returnedAt, occurrences,
                peak, limit, reasons, said, handling(), version));
    }

    private Handling handling() {
        Optional<String> by = state instanceof AlarmState.Suppressed s ? Optional.of(s.by())
                : state instanceof AlarmState.OutOfService o ? Optional.of(o.waiver()) : Optional.empty();
        OptionalLong until = state instanceof AlarmState.Shelved s ? OptionalLong.of(s.until()) : OptionalLong.empty();
        boolean waits = state instanceof AlarmState.Raised;
        boolean broken = state instanceof AlarmState.Open;
        return new Handling(until, by, waits ? at(acknowledgeBy) : OptionalLong.empty(),
                broken ? at(rectifyBy) : OptionalLong.empty(), level, flapping);
    }

    private static OptionalLong at(long epochMs) {
        return epochMs == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(epochMs);
    }

    /** The deadline that counts now; {@code Long.MAX_VALUE} where none does. */
    long overdueAt() {
        if (state instanceof AlarmState.Raised) {
            return Math.min(acknowledgeBy, rectifyBy);
        }
        return state instanceof AlarmState.Open ? rectifyBy : Long.MAX_VALUE;
    }

    /** Why it climbs: nobody has seen it in time, or nobody has mended it. */
    String overdueWhy() {
        return state instanceof AlarmState.Raised && acknowledgeBy <= rectifyBy ? "acknowledge-overdue" : "rectify-overdue";
    }

    /** First 16 hex digits of SHA-256 over {@code site|rule|subject|offset raised}. */
    static String id(String site, String rule, String subject, long offset) {
        return CanonicalJson.shortId(site + "|" + rule + "|" + subject + "|" + offset);
    }
}
