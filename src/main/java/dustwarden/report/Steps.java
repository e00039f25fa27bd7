package dustwarden.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.DecisionJson;
import dustwarden.core.rule.BanRule;
import dustwarden.core.rule.DutyRule;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.PassagesRule;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.UnitsRule;
import dustwarden.report.Evidence.Decided;
import dustwarden.report.Evidence.Told;
import dustwarden.series.Json;
import java.util.List;
import java.util.Optional;

/**
 * The arithmetic of an alarm step by step, done again from the entries by plain code of its own: what counted, what did not
 * and why, the sums, the comparison, and whether that is what was decided.
 */
final class Steps {
    private static final List<String> VERDICT_KEYS = List.of(
            "at", "from", "to", "state", "low", "high", "capture", "final", "id", "supersedes", "clause", "confidence",
            "unconfirmed", "shadow", "dust");

    private Steps() {}

    static ObjectNode of(Evidence alarm) {
        List<Told> told = alarm.told();
        ObjectNode steps = Json.object();
        steps.put("alarm", alarm.alarm()).put("rule", alarm.ruleId()).put("subject", alarm.subject());
        Optional<Rule> rule = alarm.rule();
        if (rule.isEmpty()) {
            EventSteps.silence(alarm, told, steps.put("kind", "silence"));
        } else {
            rule.get().accept(new Rule.Visitor<ObjectNode>() {
                @Override
                public ObjectNode units(UnitsRule r) {
                    boolean cameras = r.subject() == UnitsRule.Subject.CAMERA;
                    ObjectNode units = steps.put("kind", "units");
                    return cameras
                            ? ShareSteps.of(alarm, "cameras", EventSteps.cameras(alarm, told, units))
                            : ShareSteps.of(alarm, "units", UnitSteps.of(alarm, r, told, units));
                }

                @Override
                public ObjectNode passages(PassagesRule r) {
                    return PassageSteps.of(alarm, r, told, steps.put("kind", "passages"));
                }

                @Override
                public ObjectNode duty(DutyRule r) {
                    return ShareSteps.of(alarm, "duty", EventSteps.duty(alarm, r, told, steps.put("kind", "duty")));
                }

                @Override
                public ObjectNode limit(LimitRule r) {
                    return LimitSteps.of(alarm, r, told, steps.put("kind", "limit"));
                }

                @Override
                public ObjectNode ban(BanRule r) {
                    return ShareSteps.of(alarm, "ban", EventSteps.ban(alarm, r, told, steps.put("kind", "ban")));
                }
            });
        }
        verdicts(alarm, steps.putArray("verdicts"));
        return steps;
    }

    private static void verdicts(Evidence alarm, ArrayNode out) {
        for (Decided d : alarm.decided("verdict")) {
            ObjectNode verdict = out.addObject().put("number", d.number()).put("offset", d.offset());
            for (String key : VERDICT_KEYS) {
                if (d.json().has(key)) {
                    verdict.set(key, d.json().get(key));
                }
            }
        }
    }

    static String time(Evidence alarm, long at) {
        return DecisionJson.time(at, alarm.site().zone());
    }
}
