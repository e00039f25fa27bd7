package dustwarden.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dustwarden.series.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookChannelTest {
    private static final Parcel PARCEL =
            new Parcel("0011223344556677", List.of(Parcels.notice(Parcels.ALARM)), new NoticeText(Parcels.ZH, Parcels.EN), true);

    private record Request(String signature, String timestamp, String type, String body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            requests.add(new Request(
                    String.valueOf(headers.getFirst("Dustwarden-Signature")),
                    headers.getFirst("Dustwarden-Timestamp"),
                    headers.getFirst("Content-Type"),
                    body));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Channel.Answer send(Optional<String> secret) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?x=1");
        return new WebhookChannel(
                        new WebhookChannel.Settings(url, secret),
                        InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000)))
                .send(PARCEL)
                .answer();
    }

    @Test
    void postsASignedCloudEvent() {
        assertInstanceOf(Channel.Answer.Taken.class, send(Optional.of("secret")));
        Request request = requests.get(0);
        assertEquals("1700000000", request.timestamp());
        assertEquals("sha256=" + WebhookChannel.sign("secret", "1700000000." + request.body()), request.signature());
        assertEquals("application/cloudevents+json; charset=utf-8", request.type());
        JsonNode event = Json.parse(request.body());
        assertEquals("1.0", event.path("specversion").asText());
        assertEquals(PARCEL.id(), event.path("id").asText());
        assertEquals("org.dustwarden.alarm.raised", event.path("type").asText());
        assertTrue(event.path("data").path("text").path("zh").asText().startsWith("【告警·紧急】一号工地"));
        assertEquals(true, event.path("data").path("repeat").asBoolean());
    }

    @Test
    void signsLikeEverybodyElse() {
        // RFC 4231, case 2.
        assertEquals("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                WebhookChannel.sign("Jefe", "what do ya want for nothing?"));
    }

    @Test
    void tellsRefusalFromTrouble() {
        for (int each : List.of(500, 503, 429, 408)) {
            status = each;
            assertInstanceOf(Channel.Answer.NotNow.class, send(Optional.empty()), String.valueOf(each));
        }
        for (int each : List.of(400, 413, 422, 301)) {
            status = each;
            assertInstanceOf(Channel.Answer.Never.class, send(Optional.empty()), String.valueOf(each));
        }
        for (int each : List.of(401, 403, 404, 410)) {
            status = each;
            assertInstanceOf(Channel.Answer.Dead.class, send(Optional.empty()), String.valueOf(each));
        }
        assertEquals("null", requests.get(0).signature());
    }

    @Test
    void nobodyThereIsTroubleAndNoRefusal() {
        server.stop(0);
        assertInstanceOf(Channel.Answer.NotNow.class, send(Optional.empty()));
    }
}
