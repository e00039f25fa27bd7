package dustwarden.notify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.series.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How much each receiver was told in a stretch of time: notices, and the messages that they came in. */
final class ReceiverLoad {
    private static final long DAY_MS = 86_400_000;
    /** Messages a day that a person can still act on. */
    private static final int TARGET = 10;

    /** What one receiver got. */
    private static final class Tally {
        private long notices;
        private final Set<String> messages = new HashSet<>();
        private final TreeMap<LocalDate, Integer> days = new TreeMap<>();
    }

    private final TreeMap<String, Tally> byReceiver = new TreeMap<>();
    private final long from;
    private final long to;
    private final ZoneId zone;

    /** @param to exclusive; both epoch ms. @param zone whose days are counted */
    ReceiverLoad(long from, long to, ZoneId zone) {
        this.from = from;
        this.to = to;
        this.zone = zone;
    }

    /**
     * A notice.
     *
     * @param instead it takes the place of another one, which counts already
     * @param message that brought it; empty text where none did
     */
    boolean add(String receiver, String channel, long at, boolean instead, String message) {
        Tally tally = byReceiver.computeIfAbsent(receiver, r -> new Tally());
        tally.notices += instead ? 0 : 1;
        if (!message.isEmpty() && tally.messages.add(channel + "|" + message)) {
            tally.days.merge(Instant.ofEpochMilli(at).atZone(zone).toLocalDate(), 1, Integer::sum);
        }
        return true;
    }

    ArrayNode json() {
        ArrayNode all = Json.object().putArray("byReceiver");
        for (Map.Entry<String, Tally> each : byReceiver.entrySet()) {
            Tally tally = each.getValue();
            ObjectNode json = all.addObject()
                    .put("receiver", each.getKey())
                    .put("notices", tally.notices)
                    .put("messages", tally.messages.size());
            json.putObject("perDay")
                    .put("mean", tally.messages.size() / Math.max(1, (to - from) / (double) DAY_MS))
                    .put("max", tally.days.values().stream().mapToInt(Integer::intValue).max().orElse(0))
                    .put("target", TARGET);
        }
        return all;
    }
}
