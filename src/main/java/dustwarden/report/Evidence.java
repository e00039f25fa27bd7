package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.Entry;
import dustwarden.core.Taken;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.Rulebook;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import dustwarden.series.Json;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What proves one alarm, out of a ledger or out of a bundle: the same of both, so that what is derived of it is the same.
 *
 * @param content of its site alone, as it was in force when the alarm was raised
 * @param entries in the order of their offsets
 * @param decisions in the order of their numbers, the alarm's own transitions among them
 * @param birth when the ledger itself began, where its first entry put the content in force; time before it counts nowhere
 */
record Evidence(
        String alarm, Site site, Content content, List<StoredEntry> entries, List<StoredDecision> decisions, List<Told> told,
        OptionalLong birth) {
    Evidence {
        entries = List.copyOf(entries);
        decisions = List.copyOf(decisions);
        told = List.copyOf(told);
    }

    Evidence(String alarm, Site site, Content content, List<StoredEntry> entries, List<StoredDecision> decisions,
            OptionalLong birth) {
        this(alarm, site, content, entries, decisions, decoded(content, entries, decisions), birth);
    }

    /** A decision with its JSON. */
    record Decided(long number, long offset, String type, JsonNode json) {
        long at(String field) {
            return millis(json.path(field).asText());
        }
    }

    /**
     * An observation that an entry holds.
     *
     * @param refused why it did not count; empty where the core took it
     */
    record Told(long offset, long received, Observation observation, Optional<Device> device, Optional<String> refused) {
        /** The instant that it counts from. */
        long at() {
            return Math.min(observation.ts(), received);
        }
    }

    static long millis(String iso) {
        return OffsetDateTime.parse(iso).toInstant().toEpochMilli();
    }

    List<Decided> decided(String type) {
        return decided(type, decisions);
    }

    private static List<Decided> decided(String type, List<StoredDecision> decisions) {
        return decisions.stream()
                .filter(d -> d.type().equals(type))
                .map(d -> new Decided(d.number(), d.offset(), d.type(), Json.parse(d.json())))
                .toList();
    }

    /** The alarm's transitions. */
    List<Decided> transitions() {
        return decided("alarm").stream().filter(d -> d.json().path("id").asText().equals(alarm)).toList();
    }

    Decided raised() {
        return transitions().get(0);
    }

    String ruleId() {
        return raised().json().path("rule").asText();
    }

    String subject() {
        return raised().json().path("subject").asText();
    }

    Optional<Rulebook> rulebook() {
        String id = ruleId();
        return Optional.ofNullable(content.rulebooks().get(id.substring(0, Math.max(0, id.indexOf('/')))));
    }

    /** Empty for the silence of a device, which no rulebook writes. */
    Optional<Rule> rule() {
        return rulebook().flatMap(b -> b.rules().stream().filter(r -> r.head().id().equals(ruleId())).findFirst());
    }

    /** Every observation in the entries, with why those that the core refused did not count. */
    private static List<Told> decoded(Content content, List<StoredEntry> entries, List<StoredDecision> decisions) {
        Map<Long, List<Decided>> rejections = new HashMap<>();
        decided("rejection", decisions).forEach(r -> rejections.computeIfAbsent(r.offset(), k -> new ArrayList<>()).add(r));
        List<Told> all = new ArrayList<>();
        for (StoredEntry entry : entries) {
            all.addAll(told(entry.offset(), entry.entry(), content, rejections.getOrDefault(entry.offset(), List.of())));
        }
        return all;
    }

    /** @param here rejections of this entry */
    static List<Told> told(long offset, Entry entry, Content content, List<Decided> here) {
        Set<Integer> refused = new HashSet<>();
        here.forEach(r -> refused.add(r.json().path("element").asInt(Taken.ALL)));
        List<Taken> kept = new ArrayList<>(Taken.from(entry, content, refused));
        String why = here.isEmpty() ? "refused" : here.get(0).json().path("reason").asText();
        List<Told> found = new ArrayList<>();
        for (Taken taken : Taken.from(entry, content, Set.of())) {
            if (taken.observation() instanceof Observation.Heard) {
                continue;
            }
            boolean counted = kept.remove(taken);
            found.add(new Told(
                    offset, entry.received(), taken.observation(), taken.device(),
                    counted ? Optional.empty() : Optional.of(why)));
        }
        return found;
    }
}
