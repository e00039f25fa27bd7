package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.ledger.Ledger;
import dustwarden.ledger.StoredDecision;
import dustwarden.series.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets old payloads of the journal go so that proof survives: only of closed days, and never an entry that the evidence of an
 * alarm needs. Hashes, roots, decisions and contents stay for ever.
 */
public final class Retention {
    /** Nothing newer is ever let go, whatever the settings say. */
    private static final Duration LEAST = Duration.ofDays(2);
    /** A survey counts for so long, and an alarm may rest on it. */
    private static final Duration LOOK_BACK = Duration.ofDays(31);
    private static final int PAGE = 1_000;

    private Retention() {}

    /** Lets go what is older than {@code keep}; answers how many entries that were. */
    public static long apply(Ledger ledger, Duration keep, Instant now) {
        Duration kept = keep.compareTo(LEAST) < 0 ? LEAST : keep;
        long before = now.minus(kept).toEpochMilli();
        long end = ledger.proofs().closedBefore(before);
        long from = ledger.proofs().letGoEnd();
        if (end <= from) {
            return 0;
        }
        return ledger.letGo(from, end, needed(ledger, from, before));
    }

    /**
     * Offsets from {@code from} on that the evidence of an alarm names, whenever it was raised: one that stands for months
     * rests on what came all the while. An alarm that was closed before {@code from} needs nothing of it.
     */
    private static Set<Long> needed(Ledger ledger, long from, long before) {
        Map<String, Raised> bearing = new LinkedHashMap<>();
        long number = 0;
        long end = ledger.firstDecisionAt(ledger.firstEntryAt(before + LOOK_BACK.toMillis()));
        while (number < end) {
            List<StoredDecision> page = ledger.decisions(number, (int) Math.min(PAGE, end - number));
            for (StoredDecision d : page) {
                if (d.type().equals("alarm") && d.site().isPresent()) {
                    JsonNode json = Json.parse(d.json());
                    String id = json.path("id").asText();
                    if (json.path("transition").asText().equals("raised")) {
                        bearing.putIfAbsent(id, new Raised(d, json));
                    } else if (json.path("state").asText().equals("closed") && d.offset() < from) {
                        bearing.remove(id);
                    }
                }
            }
            number += page.size();
        }
        Set<Long> offsets = new HashSet<>();
        bearing.values().forEach(raised -> add(ledger, raised.decision(), raised.json(), offsets));
        return offsets;
    }

    private record Raised(StoredDecision decision, JsonNode json) {}

    private static void add(Ledger ledger, StoredDecision raised, JsonNode json, Set<Long> offsets) {
        String id = json.path("id").asText();
        Optional<EvidenceSource.Found> found = new EvidenceSource(ledger, raised.site().orElseThrow(), id, offset -> { })
                .find(Evidence.millis(json.path("raisedAt").asText()));
        found.ifPresent(f -> f.evidence().entries().forEach(e -> offsets.add(e.offset())));
    }
}
