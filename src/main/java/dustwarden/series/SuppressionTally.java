package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How alarms were kept quiet, and how many of these times the record shows nobody's leave: ISA-18.2 wants none.
 *
 * <p>Shelving needs a person and ends within 30 days; being out of service needs a waiver that another person than who asked had
 * granted and that held at that moment; suppression needs what speaks for the alarm.
 */
final class SuppressionTally {
    private static final long SHELVED_MAX_MS = Duration.ofDays(30).toMillis();
    /** Shelved again so soon after, it was in fact shelved on. */
    private static final long AGAIN_MS = Duration.ofDays(1).toMillis();

    private final long from;
    private final long to;
    private final Map<String, Long> shelvedUntil = new HashMap<>();
    private final Map<String, JsonNode> waivers = new HashMap<>();
    /** How often a waiver kept an alarm quiet, by its id and the moment, epoch ms. */
    private final Map<Map.Entry<String, Long>, Long> outOfService = new HashMap<>();
    private long unauthorised;
    private long shelvedOn;
    private long longestMs;

    SuppressionTally(long from, long to) {
        this.from = from;
        this.to = to;
    }

    void step(AlarmFigures.Step step, boolean within) {
        if (step.transition().equals("shelved")) {
            shelved(step, within);
        } else if (within && step.transition().equals("suppressed")) {
            unauthorised += step.coveredBy().isEmpty() ? 1 : 0;
        } else if (within && step.transition().equals("out-of-service")) {
            outOfService.merge(Map.entry(step.coveredBy().orElse(""), step.at()), 1L, Long::sum);
        }
    }

    private void shelved(AlarmFigures.Step step, boolean within) {
        Long before = shelvedUntil.get(step.alarm());
        long until = step.until().map(SuppressionTally::time).orElse(Long.MAX_VALUE);
        shelvedUntil.put(step.alarm(), until);
        if (within) {
            long lasts = until - step.at();
            unauthorised += step.person().isEmpty() || step.until().isEmpty() || lasts > SHELVED_MAX_MS ? 1 : 0;
            shelvedOn += before != null && step.at() < before + AGAIN_MS ? 1 : 0;
            longestMs = step.until().isEmpty() ? longestMs : Math.max(longestMs, lasts);
        }
    }

    void waiver(String id, JsonNode filing) {
        waivers.put(id, filing);
    }

    void write(ObjectNode json) {
        long alone = outOfService.entrySet().stream()
                .filter(e -> !isGranted(Optional.ofNullable(waivers.get(e.getKey().getKey())), e.getKey().getValue()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        json.put("unauthorised", unauthorised + alone).put("target", 0);
        json.put("shelvedOn", shelvedOn).put("longestShelved", longestMs / 1_000);
        json.put("waiversNotGranted", waivers.values().stream()
                .filter(w -> !w.has("approvedBy") && time(w.path("to").asText()) > from && time(w.path("from").asText()) < to)
                .count());
    }

    private static boolean isGranted(Optional<JsonNode> waiver, long at) {
        return waiver.isPresent() && waiver.get().hasNonNull("approvedBy")
                && !waiver.get().path("approvedBy").asText().equals(waiver.get().path("person").asText())
                && time(waiver.get().path("from").asText()) <= at && at < time(waiver.get().path("to").asText());
    }

    private static long time(String iso) {
        return OffsetDateTime.parse(iso).toInstant().toEpochMilli();
    }
}
