package dustwarden.core.judge;

import dustwarden.core.judge.Exit.Outcome;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Direction;
import dustwarden.core.model.Observation.Passage;
import dustwarden.core.model.Observation.Wheels;
import dustwarden.core.rule.PassagesRule;
import java.util.Optional;
import java.util.TreeMap;

/** What one report on a passage is worth under a rule. */
final class PassageCheck {
    private final PassagesRule rule;

    PassageCheck(PassagesRule rule) {
        this.rule = rule;
    }

    /** The exit that a report tells of; empty when the passage does not count under the rule. */
    Optional<Exit> check(SiteFacts facts, PassageFact fact, String gate, long now) {
        Passage passage = fact.passage();
        if (passage.direction() != Direction.OUT || !rule.vehicles().contains(passage.vehicle())) {
            return Optional.empty();
        }
        boolean wheelsUnknown = passage.wash().wheels() == Wheels.UNKNOWN;
        if (rule.condition() == PassagesRule.Condition.WASHED) {
            Optional<String> code = washed(facts, fact, now);
            return Optional.of(exit(facts, fact, gate, code, true, wheelsUnknown));
        }
        if (passage.loaded() == Claim.NO || passage.loaded() == Claim.UNKNOWN && passage.cargo().equals(Optional.of(Cargo.NONE))) {
            return Optional.empty();
        }
        boolean none = passage.cargo().equals(Optional.of(Cargo.NONE));
        if (passage.cargo().isPresent() && !none && !rule.cargo().contains(passage.cargo().get())) {
            return Optional.empty();
        }
        Optional<String> code = sealed(facts, passage);
        boolean loaded = passage.loaded() == Claim.YES && !none;
        if (!loaded && code.isPresent()) {
            // Perhaps nothing was on it; an open load is a failure only of a loaded truck.
            code = Optional.of("load-unknown");
        }
        return Optional.of(exit(facts, fact, gate, code, loaded, wheelsUnknown));
    }

    /** The code of what is wrong or unknown; empty for a good wash. */
    private Optional<String> washed(SiteFacts facts, PassageFact fact, long now) {
        Passage passage = fact.passage();
        Wheels wheels = passage.wash().wheels();
        Claim pump = passage.wash().pump();
        if (passage.bypass() == Claim.YES) {
            return Optional.of("bypass");
        }
        if (wheels == Wheels.DIRTY) {
            return Optional.of("wheels-dirty");
        }
        if (wheels == Wheels.CLEAN) {
            return Optional.empty();
        }
        if (pump == Claim.NO) {
            return Optional.of(waived(facts, fact.at(), now) ? "wash-unknown" : "unwashed");
        }
        boolean longEnough = passage.wash().seconds().isPresent()
                && passage.wash().seconds().getAsDouble() >= rule.pumpSecondsMin();
        return pump == Claim.YES && longEnough ? Optional.empty() : Optional.of("wash-unknown");
    }

    private boolean waived(SiteFacts facts, long at, long now) {
        return Temperature.provenAtOrBelow(facts, rule.frostAtOrBelow(), at, now)
                || rule.dryRoadMs().filter(dry -> Rain.provenDry(facts, dry, at)).isPresent();
    }

    private Optional<String> sealed(SiteFacts facts, Passage passage) {
        if (passage.covered() == Claim.NO) {
            return Optional.of("uncovered");
        }
        if (passage.overfull() == Claim.YES) {
            return Optional.of("overfull");
        }
        boolean listed = rule.filedList() && !facts.site().trucks().isEmpty();
        boolean onList = passage.plate().filter(facts.site().trucks()::contains).isPresent();
        if (listed && !onList && passage.plate().isPresent() && passage.cargo().equals(Optional.of(Cargo.SPOIL))) {
            return Optional.of("not-filed");
        }
        if (passage.covered() == Claim.UNKNOWN) {
            return Optional.of("cover-unknown");
        }
        boolean perhapsSpoil = passage.cargo().isEmpty() || passage.cargo().get() == Cargo.SPOIL;
        return listed && !onList && perhapsSpoil ? Optional.of("filing-unknown") : Optional.empty();
    }

    private static Exit exit(
            SiteFacts facts, PassageFact fact, String gate, Optional<String> code, boolean sure, boolean wheelsUnknown) {
        Optional<String> found = fact.clockless() ? Optional.of("clock-none") : code;
        Outcome outcome = found.map(c -> c.endsWith("-unknown") || fact.clockless() ? Outcome.UNKNOWN : Outcome.FAILED)
                .orElse(Outcome.PASSED);
        Optional<Reason> why = found.map(c -> why(c, facts, fact, gate));
        return new Exit(gate, fact.at(), fact.earliest(), fact.latest(), outcome, why, sure, wheelsUnknown, fact.offset());
    }

    static Reason why(String code, SiteFacts facts, PassageFact fact, String gate) {
        TreeMap<String, Object> params = new TreeMap<>();
        params.put("gate", gate);
        params.put("passage", fact.passage().id());
        params.put("at", Silence.iso(facts.site(), fact.at()));
        fact.passage().plate().ifPresent(p -> params.put("plate", p));
        fact.passage().picture().ifPresent(p -> params.put("picture", p));
        return new Reason(code, params);
    }
}
