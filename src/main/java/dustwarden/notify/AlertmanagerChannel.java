package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.series.Json;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whatever takes Alertmanager's webhook, version 4 of its body: {@code resolved} only once an alarm returned or was closed,
 * never because data are missing.
 */
public final class AlertmanagerChannel implements Channel {
    private static final String NEVER = "0001-01-01T00:00:00Z";
    private static final Set<String> RESOLVED = Set.of("returned", "verified", "closed");

    /**
     * @param bearer token of the {@code Authorization} header
     * @param console where people see an alarm; empty: nothing links to it
     */
    public record Settings(URI url, Optional<String> bearer, String language, Optional<URI> console) {}

    private final Settings settings;
    private final HttpPost http;

    public AlertmanagerChannel(Settings settings) {
        this.settings = settings;
        this.http = new HttpPost(new Redaction(Optional.of(settings.url()), settings.bearer()));
    }

    @Override
    public Reply send(Parcel parcel) {
        Map<String, String> headers = settings.bearer()
                .map(b -> Map.of("Content-Type", "application/json", "Authorization", "Bearer " + b))
                .orElse(Map.of("Content-Type", "application/json"));
        return http.send(settings.url(), body(parcel), headers, HttpPost.Response::byStatus);
    }

    private String body(Parcel parcel) {
        Notice notice = parcel.lead();
        JsonNode alarm = notice.alarmNode();
        String site = notice.site();
        boolean resolved = RESOLVED.contains(alarm.path("state").asText());
        ObjectNode body = Json.object();
        body.put("version", "4");
        body.put("groupKey", "{}:{alarm=\"" + notice.alarm() + "\"}");
        body.put("truncatedAlerts", 0);
        body.put("status", resolved ? "resolved" : "firing");
        body.put("receiver", notice.receiver());
        body.putObject("groupLabels").put("alarm", notice.alarm());
        ObjectNode labels = body.putObject("commonLabels");
        labels.put("alertname", alarm.path("rule").asText());
        labels.put("alarm", notice.alarm());
        labels.put("site", site);
        for (String name : new String[] {"item", "subject", "priority"}) {
            labels.put(name, alarm.path(name).asText());
        }
        Told told = parcel.told(settings.language());
        ObjectNode annotations = body.putObject("commonAnnotations");
        annotations.put("summary", told.title());
        annotations.put("description", String.join("\n", told.lines()));
        annotations.put("transition", notice.transition());
        annotations.put("notice", parcel.id());
        if (parcel.repeat()) {
            annotations.put("repeat", "true");
        }
        told.links().stream().findFirst().ifPresent(l -> annotations.put("acknowledge", l.url()));
        String console = settings.console().map(URI::toString).orElse("");
        body.put("externalURL", console);
        ObjectNode alert = body.putArray("alerts").addObject();
        alert.put("status", resolved ? "resolved" : "firing");
        alert.set("labels", labels.deepCopy());
        alert.set("annotations", annotations.deepCopy());
        alert.put("startsAt", alarm.path("raisedAt").asText());
        alert.put("endsAt", resolved ? alarm.path("returnedAt").asText(alarm.path("at").asText()) : NEVER);
        alert.put("generatorURL", console);
        alert.put("fingerprint", notice.alarm());
        return body.toString();
    }
}
