package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.series.Json;
import java.util.Optional;

/**
 * A notice that is due, with the alarm as it stood.
 *
 * @param id the same for ever, also over a crash: receivers tell repeats by it
 * @param offset of the entry that it is due by
 * @param at when it fell due by the clock that judges, epoch ms
 * @param language that the receiver reads; empty: the channel's
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
        Optional<String> language,
        String channel,
        String alarmJson) {
    /** To somebody who reads what the channel speaks. */
    public Notice(String id, long offset, long at, String site, String alarm, String transition, String receiver, String channel,
            String alarmJson) {
        this(id, offset, at, site, alarm, transition, receiver, Optional.empty(), channel, alarmJson);
    }

    public JsonNode alarmNode() {
        return Json.parse(alarmJson);
    }

    /** Whether it may use what robots' quotas keep back. */
    public boolean urgent() {
        return alarmJson.contains("\"priority\":\"high\"");
    }
}
