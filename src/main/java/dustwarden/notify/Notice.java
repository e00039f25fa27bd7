package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.series.Json;

/**
 * A notice that is due, with the alarm as it stood.
 *
 * @param id the same for ever, also over a crash: receivers tell repeats by it
 * @param number of its decision
 * @param at when it fell due by the clock that judges, epoch ms
 * @param alarmJson the alarm with its transition
 * @param repeat may have gone out before
 */
public record Notice(
        String id,
        long number,
        long at,
        String site,
        String alarm,
        String transition,
        String receiver,
        String channel,
        String alarmJson,
        boolean repeat) {
    public JsonNode alarmNode() {
        return Json.parse(alarmJson);
    }
}
