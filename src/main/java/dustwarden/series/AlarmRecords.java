package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.Party;
import dustwarden.core.model.Site;
import dustwarden.series.Schema.Measurement;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes the one point of an alarm from each of its transitions: fields that a transition does not tell stay as they were.
 *
 * <p>It stands at the time of raising; the alarm's id, not a decision's number, keeps two of one millisecond apart, since
 * every transition must meet the same point.
 */
final class AlarmRecords {
    private static final int HEX = 16;

    private AlarmRecords() {}

    /** Updates what is open at the site; empty for an id that is none of ours. */
    static Optional<InfluxLine> line(SiteStanding standing, JsonNode alarm, long at) {
        String id = alarm.path("id").asText();
        String transition = alarm.path("transition").asText();
        String state = alarm.path("state").asText();
        long raisedAt = Json.text(alarm, "raisedAt")
                .map(text -> OffsetDateTime.parse(text).toInstant().toEpochMilli())
                .orElse(at);
        SiteStanding.OpenAlarm was = standing.alarm(id)
                .orElseGet(() -> new SiteStanding.OpenAlarm(alarm.path("priority").asText(), raisedAt));
        SiteStanding.OpenAlarm now =
                transition.equals("raised") ? new SiteStanding.OpenAlarm(was.priority(), at) : was;
        boolean open = !state.equals("closed");
        if (open) {
            standing.open(id, now);
        } else {
            standing.alarms().remove(id);
        }
        Site site = standing.site();
        double seconds = (at - now.lastRaised()) / 1000.0;
        InfluxLine.Builder line = InfluxLine.of(Measurement.ALARM_RECORD)
                .tag(Schema.REGION, site.region())
                .tag(Schema.SITE, site.id())
                .tag(Schema.ITEM, alarm.path("item").asText())
                .tag(Schema.PRIORITY, now.priority())
                .tag(Schema.SUPERVISION, site.supervision().map(Party::id).orElse(""))
                .field(Schema.ID, id)
                .field(Schema.STATE, state)
                .field(Schema.OPEN, open ? 1 : 0)
                .field(Schema.RULE, alarm.path("rule").asText())
                .field(Schema.SUBJECT, alarm.path("subject").asText())
                .field(Schema.RAISED, raisedAt)
                .field(Schema.OCCURRENCES, alarm.path("occurrences").asLong())
                .field(Schema.PEAK, real(alarm.path("peak")))
                .field(Schema.LIMIT, real(alarm.path("limit")));
        switch (transition) {
            case "acknowledged" -> line.field(Schema.TO_ACKNOWLEDGE, seconds);
            case "rectified" -> line.field(Schema.TO_RECTIFY, seconds);
            case "returned" -> line.field(Schema.TO_RETURN, seconds);
            case "closed" -> line.field(Schema.TO_CLOSE, seconds);
            default -> {
                // Takes no time that is asked for.
            }
        }
        return line.at(raisedAt, nanos(id));
    }

    private static long nanos(String id) {
        try {
            return Long.remainderUnsigned(Long.parseUnsignedLong(id, HEX), 1_000_000);
        } catch (NumberFormatException e) {
            return id.hashCode();
        }
    }

    private static OptionalDouble real(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }
}
