package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.rule.BanRule;
import dustwarden.core.rule.DutyRule;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.PassagesRule;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.UnitsRule;
import java.time.Duration;
import java.util.Optional;

/** The counter-figure: what has to be so that an alarm clears, by its reasons, else by its rule. */
final class ClearsWhen implements Rule.Visitor<String> {
    private final Phrases phrases;

    ClearsWhen(Phrases phrases) {
        this.phrases = phrases;
    }

    Optional<String> of(JsonNode alarm, Optional<Rule> rule) {
        Optional<String> own = phrases.ofReasons(ReasonWords.Part.CLEARS, alarm);
        return own.isPresent() ? own : rule.map(r -> r.accept(this));
    }

    @Override
    public String units(UnitsRule rule) {
        if (rule.subject() == UnitsRule.Subject.CAMERA) {
            return phrases.say("clears", "cameras");
        }
        long held = rule.head().offDelayMs() / 60_000;
        return held == 0
                ? phrases.say("clears", "units")
                : phrases.say("clears", "units", "held", phrases.say("sentences", "minutes", "n", held));
    }

    @Override
    public String passages(PassagesRule rule) {
        return phrases.say("clears", "passages", "n", rule.goodInARow());
    }

    @Override
    public String duty(DutyRule rule) {
        return phrases.say("clears", "duty", "minutes", rule.returnAfterMs() / 60_000);
    }

    @Override
    public String limit(LimitRule rule) {
        return phrases.say("clears", "limit", "allowed", rule.allowed(),
                "period", phrases.period(Duration.ofMillis(rule.periodMs()).toString()),
                "limit", Phrases.figure(rule.limit()), "unit", rule.unit());
    }

    @Override
    public String ban(BanRule rule) {
        return phrases.say("clears", "ban");
    }
}
