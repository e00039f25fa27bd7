package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The alarm as people and programs are shown it, made of the decision of its newest transition. */
public final class AlarmJson {
    private static final String[] ALARM = {
        "id", "site", "item", "rule", "subject", "priority", "state", "raisedAt", "returnedAt", "occurrences", "peak", "limit",
        "reasons", "until", "coveredBy", "acknowledgeBy", "rectifyBy", "level", "flapping", "version"
    };
    private static final String[] STEP = {
        "at", "transition", "state", "person", "text", "pictures", "until", "coveredBy", "level", "version"
    };

    private AlarmJson() {}

    /** The alarm after a transition. */
    public static ObjectNode alarm(JsonNode decision) {
        ObjectNode alarm = Json.object();
        Json.copy(decision, alarm, ALARM);
        return alarm;
    }

    /** The alarm with the transition that was just made and its time, as it goes out live. */
    public static ObjectNode transition(JsonNode decision) {
        ObjectNode alarm = alarm(decision);
        Json.copy(decision, alarm, "transition", "at", "person", "text", "pictures");
        return alarm;
    }

    /** Where an alarm is: its site, or {@code region/NODE} where it concerns a node of the region path. */
    public static String place(JsonNode decision) {
        String site = decision.path("site").asText();
        return site.equals("region") ? site + "/" + decision.path("subject").asText() : site;
    }

    /** One line of an alarm's history. */
    static ObjectNode step(JsonNode decision) {
        ObjectNode step = Json.object();
        Json.copy(decision, step, STEP);
        return step;
    }
}
