package dustwarden.core.alarm;

import dustwarden.core.judge.Reason;
import dustwarden.core.rule.RuleHead.Priority;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What happens to alarms, as their book tells it. */
public sealed interface AlarmEvent {
    /** An alarm entered a state, or had a further occurrence; the fields are the alarm's after it. */
    record Transition(
            String id,
            String item,
            String rule,
            String subject,
            Priority priority,
            String transition,
            String state,
            long raisedAt,
            OptionalLong returnedAt,
            long occurrences,
            OptionalDouble peak,
            OptionalDouble limit,
            List<Reason> reasons,
            Optional<String> person,
            Optional<String> text,
            OptionalLong until,
            long version)
            implements AlarmEvent {}

    /** People are to be told of a transition. */
    record Tell(String alarm, String transition, Priority priority) implements AlarmEvent {}
}
