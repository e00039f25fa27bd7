package dustwarden.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.ObservationJson;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Direction;
import dustwarden.core.model.Observation.Passage;
import dustwarden.core.model.Observation.Wheels;
import dustwarden.core.rule.PassagesRule;
import dustwarden.report.Evidence.Told;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every passage at the alarm's gate on its day: whether it counts, whether it met the condition, and the counts. */
final class PassageSteps {
    private PassageSteps() {}

    static ObjectNode of(Evidence alarm, PassagesRule rule, List<Told> told, ObjectNode out) {
        out.put("condition", rule.condition().name().toLowerCase(java.util.Locale.ROOT));
        out.put("pumpSecondsMin", rule.pumpSecondsMin());
        Set<String> failedByCore = new HashSet<>();
        alarm.transitions().forEach(t -> t.json().path("reasons").forEach(
                r -> failedByCore.add(r.path("params").path("passage").asText())));
        ArrayNode rows = out.putArray("passages");
        int counted = 0;
        int failed = 0;
        int unknown = 0;
        List<Told> here = told.stream().filter(t -> t.observation() instanceof Passage)
                .sorted(Comparator.comparingLong(Told::at).thenComparingLong(Told::offset)).toList();
        for (Told t : here) {
            Passage passage = (Passage) t.observation();
            ObjectNode row = rows.addObject().put("offset", t.offset());
            row.setAll(ObservationJson.of(passage, alarm.site().zone()));
            row.remove(List.of("type", "site"));
            row.put("received", Steps.time(alarm, t.received()));
            Optional<String> not = t.refused().or(() -> notCounted(rule, passage));
            row.put("counts", not.isEmpty());
            if (not.isPresent()) {
                row.put("why", not.get());
                continue;
            }
            String outcome = outcome(rule, passage);
            row.put("outcome", outcome).put("namedByTheAlarm", failedByCore.contains(passage.id()));
            counted++;
            failed += outcome.equals("good") ? 0 : outcome.endsWith("-unknown") ? 0 : 1;
            unknown += outcome.endsWith("-unknown") ? 1 : 0;
        }
        out.put("counted", counted).put("good", counted - failed - unknown).put("failed", failed).put("unknown", unknown);
        return out;
    }

    private static Optional<String> notCounted(PassagesRule rule, Passage p) {
        if (p.direction() != Direction.OUT) {
            return Optional.of("inbound");
        }
        if (!rule.vehicles().contains(p.vehicle())) {
            return Optional.of("vehicle-not-concerned");
        }
        if (rule.condition() == PassagesRule.Condition.WASHED) {
            return Optional.empty();
        }
        boolean empty = p.loaded() == Claim.NO || p.loaded() == Claim.UNKNOWN && p.cargo().equals(Optional.of(Cargo.NONE));
        boolean other = p.cargo().isPresent() && p.cargo().get() != Cargo.NONE && !rule.cargo().contains(p.cargo().get());
        return empty ? Optional.of("not-loaded") : other ? Optional.of("cargo-not-concerned") : Optional.empty();
    }

    private static String outcome(PassagesRule rule, Passage p) {
        if (rule.condition() == PassagesRule.Condition.SEALED) {
            return p.covered() == Claim.NO ? "uncovered"
                    : p.overfull() == Claim.YES ? "overfull" : p.covered() == Claim.UNKNOWN ? "cover-unknown" : "good";
        }
        Wheels wheels = p.wash().wheels();
        if (p.bypass() == Claim.YES) {
            return "bypass";
        }
        if (wheels != Wheels.UNKNOWN) {
            return wheels == Wheels.DIRTY ? "wheels-dirty" : "good";
        }
        if (p.wash().pump() == Claim.NO) {
            return "unwashed";
        }
        boolean longEnough = p.wash().seconds().isPresent() && p.wash().seconds().getAsDouble() >= rule.pumpSecondsMin();
        return p.wash().pump() == Claim.YES && longEnough ? "good" : "wash-unknown";
    }
}
