package dustwarden.core;

import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Direction;
import dustwarden.core.model.Site;
import dustwarden.core.model.Work;
import dustwarden.core.rule.DutyRule;
import dustwarden.core.rule.PassagesRule;
import dustwarden.core.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sees reports of works that the phase plan does not have; such a report makes the rule apply all the same. */
final class PlanWatch {
    private PlanWatch() {}

    /** Those of the rules that see works at all. */
    static List<Rule> rules(List<Content.Bound> inForce) {
        return inForce.stream().map(Content.Bound::rule).filter(r -> r instanceof DutyRule || r instanceof PassagesRule).toList();
    }

    /** What contradicts the plan under the first rule that sees it, once a device and local day. */
    static Optional<SortedMap<String, Object>> news(Site site, List<Rule> rules, Observation observation, DeviceState memory,
            long now) {
        if (!(observation instanceof Observation.Running || observation instanceof Observation.Passage)) {
            // Nothing else tells of works.
            return Optional.empty();
        }
        long at = Math.min(observation.ts(), now);
        long day = site.phases().isEmpty() ? Long.MIN_VALUE : site.dayStart(at);
        for (int i = 0; i < rules.size() && day > memory.contradicted; i++) {
            Optional<SortedMap<String, Object>> numbers = contradiction(site, rules.get(i), observation, at);
            if (numbers.isPresent()) {
                memory.contradicted = day;
                return numbers;
            }
        }
        return Optional.empty();
    }

    /** What contradicts the plan under a rule, in numbers and words; empty where nothing does. */
    static Optional<SortedMap<String, Object>> contradiction(Site site, Rule rule, Observation observation, long at) {
        String key;
        String value;
        if (rule instanceof DutyRule duty && observation instanceof Observation.Running said) {
            if (!said.running() || !duty.activities().contains(said.activity()) || inPlan(site, at, duty.works())) {
                return Optional.empty();
            }
            key = "activity";
            value = said.activity().wire();
        } else if (rule instanceof PassagesRule passages && observation instanceof Observation.Passage passage) {
            if (!loadedOut(passages, passage) || inPlan(site, at, passages.works())) {
                return Optional.empty();
            }
            key = "passage";
            value = passage.id();
        } else {
            return Optional.empty();
        }
        TreeMap<String, Object> numbers = new TreeMap<>();
        numbers.put(key, value);
        numbers.put("date", site.localDate(at).toString());
        numbers.put("rule", rule.head().id());
        return Optional.of(numbers);
    }

    private static boolean inPlan(Site site, long at, Set<Work> works) {
        return works.isEmpty() || site.planned(site.localDate(at), works);
    }

    private static boolean loadedOut(PassagesRule rule, Observation.Passage passage) {
        Optional<Cargo> cargo = passage.cargo();
        return passage.direction() == Direction.OUT
                && passage.loaded() == Claim.YES
                && rule.vehicles().contains(passage.vehicle())
                && (cargo.isEmpty() || rule.cargo().contains(cargo.get()));
    }
}
