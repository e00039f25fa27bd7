package dustwarden.core;

import dustwarden.core.alarm.AlarmEvent;
import dustwarden.core.alarm.Ladder;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.State;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * What the core decided at an entry; {@code at} is the core's time, epoch ms, {@code offset} the entry's.
 */
public sealed interface Decision {
    long at();

    long offset();

    /** The site that it concerns; empty where none is known. */
    Optional<String> concerns();

    /** The word under {@code type}. */
    String type();

    /**
     * A verdict of a rule, or of an item where {@code rule} is empty.
     *
     * @param to exclusive end of the period; empty for a state now
     * @param cited how sure the rule's citation is and which of its figures no document gives; empty for an item
     * @param shadow the rule is only tried at the site
     * @param dust whose dust it was, in numbers that explain and judge nothing
     * @param id names a final verdict, so that a correction can say which one it supersedes
     */
    record Verdict(
            long at,
            long offset,
            String site,
            String item,
            Optional<String> rule,
            Optional<String> rulebook,
            Optional<String> hash,
            long from,
            OptionalLong to,
            State state,
            double low,
            double high,
            double capture,
            List<Reason> reasons,
            List<Long> proof,
            Optional<Cited> cited,
            boolean shadow,
            Optional<SortedMap<String, Object>> dust,
            boolean isFinal,
            Optional<String> id,
            Optional<String> supersedes)
            implements Decision {
        /**
         * What a rule's figures rest on.
         *
         * @param confidence {@code confirmed}, {@code reported} or {@code unconfirmed}
         * @param unconfirmed names of the parameters whose figures no document was seen to give
         */
        public record Cited(String clause, String confidence, List<String> unconfirmed) {
            public Cited {
                unconfirmed = List.copyOf(unconfirmed);
            }
        }

        public Verdict {
            reasons = List.copyOf(reasons);
            proof = List.copyOf(proof);
        }

        @Override
        public Optional<String> concerns() {
            return Optional.of(site);
        }

        @Override
        public String type() {
            return "verdict";
        }
    }

    /** A transition of an alarm, with what the alarm is after it. */
    record Alarm(long at, long offset, String site, AlarmEvent.Transition is) implements Decision {
        @Override
        public Optional<String> concerns() {
            return Optional.of(site);
        }

        @Override
        public String type() {
            return "alarm";
        }
    }

    /** A closed window's mean; {@code flag} is {@code D} where too few values were normal. */
    record Mean(
            long at,
            long offset,
            String site,
            String device,
            Quantity quantity,
            long periodMs,
            long start,
            OptionalDouble mean,
            double capture,
            Flag flag,
            OptionalDouble limit)
            implements Decision {
        @Override
        public Optional<String> concerns() {
            return Optional.of(site);
        }

        @Override
        public String type() {
            return "mean";
        }
    }

    /**
     * An input that was refused, with a stable name for why.
     *
     * @param element its place in the array that brought it, from 0; empty where the whole input was refused
     */
    record Rejection(
            long at,
            long offset,
            Optional<String> site,
            Optional<String> device,
            OptionalInt element,
            String reason,
            String detail)
            implements Decision {
        @Override
        public Optional<String> concerns() {
            return site;
        }

        @Override
        public String type() {
            return "rejection";
        }
    }

    /** Something odd about a device's data, with its numbers; changes no verdict unless it is about the clock. */
    record Finding(long at, long offset, String site, String device, String kind, SortedMap<String, Object> numbers)
            implements Decision {
        @Override
        public Optional<String> concerns() {
            return Optional.of(site);
        }

        @Override
        public String type() {
            return "finding";
        }
    }

    /**
     * A notice is due: one for each transition, receiver and channel.
     *
     * @param language that the receiver reads; empty: as the channel has it
     * @param level rungs of the ladder that the alarm has climbed
     * @param escalation why it climbed one more, where that is what is told
     * @param until not to be sent before this instant, epoch ms
     * @param deferred why not at once: {@code quiet-hours} or {@code outside-working-hours}
     * @param next who hears of it next if nothing is done, and when
     */
    record Notice(
            long at,
            long offset,
            String site,
            String alarm,
            String receiver,
            Optional<String> language,
            String channel,
            String transition,
            int level,
            Optional<String> escalation,
            OptionalLong until,
            Optional<String> deferred,
            Optional<Ladder.Next> next)
            implements Decision {
        @Override
        public Optional<String> concerns() {
            return Optional.of(site);
        }

        @Override
        public String type() {
            return "notice";
        }
    }

    /**
     * Something that a person filed: an outage, a work face, a waiver, an objection. It stands in the record beside what it
     * concerns; only a granted waiver keeps notices back.
     */
    record Filed(long at, long offset, String site, Filing filing) implements Decision {
        @Override
        public Optional<String> concerns() {
            return Optional.of(site);
        }

        @Override
        public String type() {
            return "filing";
        }
    }
}
