package dustwarden.core.alarm;

import dustwarden.core.judge.Reason;
import dustwarden.core.rule.RuleHead.Priority;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What happens to alarms, as their book tells it. */
public sealed interface AlarmEvent {
    /** An alarm entered a state, or something was said of it; the fields are the alarm's after it. */
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
            Said said,
            Handling handling,
            long version)
            implements AlarmEvent {
        public Transition {
            reasons = List.copyOf(reasons);
        }
    }

    /** What a person said with an act; all empty where time or the data did it. */
    record Said(Optional<String> person, Optional<String> text, List<String> pictures) {
        public static final Said NOTHING = new Said(Optional.empty(), Optional.empty(), List.of());

        public Said {
            pictures = List.copyOf(pictures);
        }

        static Said by(AlarmAct act) {
            return new Said(Optional.of(act.person()), act.text(), act.pictures());
        }
    }

    /**
     * How an alarm is being handled.
     *
     * @param until end of the shelf
     * @param coveredBy the waiver, the larger alarm or the plan that keeps it quiet
     * @param acknowledgeBy when it must be acknowledged, while it still must
     * @param rectifyBy when it must be mended, while it still must
     * @param level rungs of the ladder that it has climbed
     * @param flapping it comes and goes too often for each change to be told
     */
    record Handling(
            OptionalLong until,
            Optional<String> coveredBy,
            OptionalLong acknowledgeBy,
            OptionalLong rectifyBy,
            int level,
            boolean flapping) {}

    /**
     * People are to be told of a transition.
     *
     * @param level told are the rungs of the ladder up to this one; where {@code escalation} says why, this one alone
     * @param next who hears of it next if nothing is done, and when
     */
    record Tell(
            String alarm, String transition, Priority priority, int level, Optional<String> escalation, Optional<Ladder.Next> next)
            implements AlarmEvent {}
}
