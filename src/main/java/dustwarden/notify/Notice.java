package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.series.Json;

/**
 * A notice that is due, with the alarm as it stood.
 *
 * @param id the same for ever, also over a crash: receivers tell repeats by it
 * @param offset of the entry that it is due by
 * @param at when it fell due by the clock that judges, epoch ms
 * @param alarmJson the alarm with its transition
 */
public record Notice(
        String id,
        long offset,
        long at,
        String site,
        String alarm,
        String transition,
        String receiver,
        String channel,
        String alarmJson) {
    public JsonNode alarmNode() {
        return Json.parse(alarmJson);
    }

    /** Whether it may use what robots' quotas keep back. */
    public boolean urgent() {
        return alarmJson.contains("\"priority\":\"high\"");
    }
}
