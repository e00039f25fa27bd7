package dustwarden.core.rule;

import dustwarden.core.model.Activity;
import dustwarden.core.model.Fields;
import java.time.LocalTime;
import java.util.Set;

/**
 * A banned activity does not run while a restriction holds.
 *
 * @param cause what restricts
 * @param bans activities that wind or night ban; an order names its own
 * @param windFrom m/s as a mean over {@code windPeriodMs} from which wind bans
 * @param nightFrom local time; the night may pass midnight
 * @param windCaptureMin share of the period's values that a mean needs
 * @param passageCountsMs how long a loaded truck through a gate counts as haulage
 * @param permit kind of permit that lifts the night's ban
 */
public record BanRule(
        RuleHead head,
        Cause cause,
        Set<Activity> bans,
        double windFrom,
        long windPeriodMs,
        LocalTime nightFrom,
        LocalTime nightTo,
        String permit,
        double windCaptureMin,
        long passageCountsMs)
        implements Rule {

    /** What restricts. */
    public enum Cause {
        ORDER,
        WIND,
        NIGHT
    }

    public BanRule {
        bans = Activity.setOf(bans);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.ban(this);
    }

    static BanRule read(RuleHead head, Fields fields) {
        return new BanRule(
                head,
                fields.optionalWord("cause", PassagesRule.word(Cause.values()), "order, wind, night")
                        .orElse(Cause.ORDER),
                Activity.setOf(fields.words("bans", Activity::ofWire, "earthwork, demolition, haulage, cutting, loading")),
                fields.number("windFrom", 8.0),
                fields.duration("windPeriod", 600_000),
                LocalTime.parse(fields.optionalText("nightFrom").orElse("22:00")),
                LocalTime.parse(fields.optionalText("nightTo").orElse("06:00")),
                fields.optionalText("permit").orElse("night"),
                fields.number("windCaptureMin", 0.75),
                fields.duration("passageCounts", 600_000));
    }
}
