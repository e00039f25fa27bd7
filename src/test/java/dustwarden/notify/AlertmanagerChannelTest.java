package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.notify.Channel.Answer;
import dustwarden.series.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertmanagerChannelTest {
    private static JsonNode sent(String alarmJson) {
        try (RobotServer server = new RobotServer((path, body) -> new Platform.Answer(200, ""))) {
            AlertmanagerChannel channel = new AlertmanagerChannel(new AlertmanagerChannel.Settings(
                    server.url("/hook"), Optional.of("bearer-token"), "en", Optional.of(URI.create("https://dust.example"))));
            Parcel parcel = new Parcel("0011223344556677", List.of(Parcels.notice(alarmJson)),
                    new NoticeText(Parcels.ZH, Parcels.EN), false);
            assertInstanceOf(Answer.Taken.class, channel.send(parcel).answer());
            assertEquals("Bearer bearer-token", server.requests.get(0).headers().getFirst("Authorization"));
            return Json.parse(server.requests.get(0).body());
        }
    }

    @Test
    void speaksVersionFourOfTheWebhook() {
        JsonNode body = sent(Parcels.ALARM);
        assertEquals("4", body.path("version").asText());
        assertEquals("firing", body.path("status").asText());
        JsonNode alert = body.path("alerts").path(0);
        assertEquals("firing", alert.path("status").asText());
        assertEquals("henan-seven/washing", alert.path("labels").path("alertname").asText());
        assertEquals("high", alert.path("labels").path("priority").asText());
        assertEquals("2026-03-14T09:00:00.000+08:00", alert.path("startsAt").asText());
        assertEquals("0001-01-01T00:00:00Z", alert.path("endsAt").asText());
        assertEquals("aabb", alert.path("fingerprint").asText());
        assertEquals("https://dust.example/a/abc", alert.path("annotations").path("acknowledge").asText());
    }

    @Test
    void onlyWhatReturnedOrClosedIsResolved() {
        String returned = Parcels.ALARM.replace("\"state\":\"raised\"",
                "\"state\":\"returned\",\"returnedAt\":\"2026-03-14T09:30:00.000+08:00\"");
        assertEquals("resolved", sent(returned).path("status").asText());
        assertEquals("2026-03-14T09:30:00.000+08:00", sent(returned).path("alerts").path(0).path("endsAt").asText());
        for (String state : List.of("acknowledged", "rectified", "shelved", "suppressed", "out-of-service")) {
            String open = Parcels.ALARM.replace("\"state\":\"raised\"", "\"state\":\"" + state + "\"");
            assertEquals("firing", sent(open).path("status").asText(), state);
        }
    }
}
