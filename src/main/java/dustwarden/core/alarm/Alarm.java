package dustwarden.core.alarm;

import dustwarden.core.judge.Reason;
import dustwarden.core.rule.RuleHead.Priority;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** One alarm as it stands; held by its book, changed by nobody else. */
final class Alarm {
    final String id;
    final String item;
    final String rule;
    final String subject;
    final Priority priority;
    final long raisedAt;
    AlarmState state = AlarmState.RAISED;
    /** What lies under a shelf. */
    AlarmState under = AlarmState.RAISED;
    boolean acknowledged;
    boolean told;
    /** When people are to be told of the raising; {@code Long.MAX_VALUE} when they were or need not be. */
    long tellAt;
    long shelvedUntil = Long.MAX_VALUE;
    OptionalLong returnedAt = OptionalLong.empty();
    long occurrences = 1;
    OptionalDouble peak = OptionalDouble.empty();
    OptionalDouble limit = OptionalDouble.empty();
    List<Reason> reasons = List.of();
    long version;

    Alarm(String id, Terms terms, String subject, long raisedAt, long tellAt) {
        this.id = id;
        this.item = terms.item();
        this.rule = terms.rule();
        this.subject = subject;
        this.priority = terms.priority();
        this.raisedAt = raisedAt;
        this.tellAt = tellAt;
    }

    /** For a stored state that is read again: only. */
    @SuppressWarnings("unused")
    private Alarm() {
        this("", Terms.DEVICE_SILENT, "", 0, 0);
    }
}
