package dustwarden.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.CanonicalJson;
import dustwarden.series.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Posts one body and has the answer judged, within five seconds in all; what the other side says is read up to 64 KiB. */
final class HttpPost {
    static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 64 << 10;

    /** What came back. @param json missing where the body is none */
    record Response(int status, JsonNode json, String text) {
        /** How a transport that has no code of its own is read. */
        Channel.Answer byStatus() {
            if (status / 100 == 2) {
                return new Channel.Answer.Taken(text);
            }
            if (status >= 500 || status == 408 || status == 429) {
                return new Channel.Answer.NotNow(text);
            }
            return status == 401 || status == 403 || status == 404 || status == 410
                    ? new Channel.Answer.Dead(text)
                    : new Channel.Answer.Never(text);
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Redaction redaction;

    HttpPost(Redaction redaction) {
        this.redaction = redaction;
    }

    Channel.Reply send(URI url, String body, Map<String, String> headers, Function<Response, Channel.Answer> judge) {
        String hash = CanonicalJson.sha256(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        // A server that sends its answer a byte at a time must not hold the channel: the whole exchange has one end.
        CompletableFuture<Response> exchange = http.sendAsync(request.build(), BodyHandlers.ofInputStream())
                .thenApplyAsync(this::read);
        try {
            return new Channel.Reply(judge.apply(exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)), hash);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return new Channel.Reply(new Channel.Answer.NotNow("no answer within " + TIMEOUT.toSeconds() + " s", true), hash);
        } catch (ExecutionException e) {
            // The message of such a trouble may hold the address, which is a secret.
            boolean connected = !(e.getCause() instanceof ConnectException);
            return new Channel.Reply(new Channel.Answer.NotNow(e.getCause().getClass().getSimpleName(), connected), hash);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Channel.Reply(new Channel.Answer.NotNow("interrupted"), hash);
        }
    }

    private Response read(HttpResponse<InputStream> response) {
        try (InputStream in = response.body(); ByteArrayOutputStream kept = new ByteArrayOutputStream()) {
            kept.write(in.readNBytes(ANSWER_BYTES_MAX));
            String said = kept.toString(StandardCharsets.UTF_8);
            return new Response(
                    response.statusCode(), json(said), redaction.of((response.statusCode() + " " + said).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            JsonNode node = Json.parse(text);
            return node == null ? Json.object() : node;
        } catch (UncheckedIOException e) {
            return Json.object();
        }
    }
}
