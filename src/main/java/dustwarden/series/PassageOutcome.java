package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Direction;
import dustwarden.core.model.Observation.Passage;
import dustwarden.core.model.Observation.Wheels;
import dustwarden.core.model.Site;
import dustwarden.core.rule.PassagesRule;
import dustwarden.core.rule.PassagesRule.Condition;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.Rulebook;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one passage is worth to a reader, by the site's rules and what was decided at its entry; verdicts and alarms are the
 * core's alone.
 */
final class PassageOutcome {
    /** How a passage came off. */
    enum Mark {
        PASSED,
        FAILED,
        UNKNOWN,
        NOT_COUNTED;

        String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Content content;
    private final Site site;
    private final List<JsonNode> decided;

    PassageOutcome(Content content, Site site, List<JsonNode> decided) {
        this.content = content;
        this.site = site;
        this.decided = decided;
    }

    Mark washing(Passage passage) {
        Optional<PassagesRule> rule = rule(Condition.WASHED).filter(r -> counts(r, passage));
        if (rule.isEmpty()) {
            return Mark.NOT_COUNTED;
        }
        Wheels wheels = passage.wash().wheels();
        Claim pump = passage.wash().pump();
        if (passage.bypass() == Claim.YES || wheels == Wheels.DIRTY) {
            return Mark.FAILED;
        }
        if (wheels == Wheels.CLEAN) {
            return Mark.PASSED;
        }
        if (pump == Claim.NO) {
            // Frost may waive the pump, which only the core can tell.
            return named(passage, "unwashed") ? Mark.FAILED : Mark.UNKNOWN;
        }
        boolean longEnough = passage.wash().seconds().isPresent()
                && passage.wash().seconds().getAsDouble() >= rule.get().pumpSecondsMin();
        return pump == Claim.YES && longEnough ? Mark.PASSED : Mark.UNKNOWN;
    }

    Mark transport(Passage passage) {
        Optional<PassagesRule> found = rule(Condition.SEALED).filter(r -> counts(r, passage));
        boolean none = passage.cargo().equals(Optional.of(Cargo.NONE));
        if (found.isEmpty() || passage.loaded() == Claim.NO || passage.loaded() == Claim.UNKNOWN && none) {
            return Mark.NOT_COUNTED;
        }
        PassagesRule rule = found.get();
        if (passage.cargo().isPresent() && !none && !rule.cargo().contains(passage.cargo().get())) {
            return Mark.NOT_COUNTED;
        }
        boolean listed = rule.filedList() && !site.trucks().isEmpty();
        boolean onList = passage.plate().filter(site.trucks()::contains).isPresent();
        boolean spoil = passage.cargo().equals(Optional.of(Cargo.SPOIL));
        boolean wrong = passage.covered() == Claim.NO
                || passage.overfull() == Claim.YES
                || listed && !onList && passage.plate().isPresent() && spoil;
        boolean unclear = passage.covered() == Claim.UNKNOWN
                || listed && !onList && (passage.cargo().isEmpty() || spoil);
        if (!wrong && !unclear) {
            return Mark.PASSED;
        }
        boolean loaded = passage.loaded() == Claim.YES && !none;
        return wrong && loaded ? Mark.FAILED : Mark.UNKNOWN;
    }

    private static boolean counts(PassagesRule rule, Passage passage) {
        return passage.direction() == Direction.OUT && rule.vehicles().contains(passage.vehicle());
    }

    private Optional<PassagesRule> rule(Condition condition) {
        for (String id : site.rulebooks()) {
            Rulebook rulebook = content.rulebooks().get(id);
            for (Rule rule : rulebook == null ? List.<Rule>of() : rulebook.rules()) {
                if (rule instanceof PassagesRule p && p.condition() == condition) {
                    return Optional.of(p);
                }
            }
        }
        return Optional.empty();
    }

    private boolean named(Passage passage, String code) {
        for (JsonNode decision : decided) {
            for (JsonNode reason : decision.path("reasons")) {
                if (reason.path("code").asText().equals(code)
                        && reason.path("params").path("passage").asText().equals(passage.id())) {
                    return true;
                }
            }
        }
        return false;
    }
}
