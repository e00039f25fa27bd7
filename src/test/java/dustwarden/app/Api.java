package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The HTTP interface as a script uses it. */
record Api(String address, Optional<String> token) {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        return request;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body of a good answer. */
    JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return read(answer.body());
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /** All pages of a list. */
    List<JsonNode> all(String path, String list) {
        List<JsonNode> all = new ArrayList<>();
        String query = path + (path.contains("?") ? "&" : "?") + "limit=1000";
        JsonNode page = json(query);
        page.get(list).forEach(all::add);
        while (page.hasNonNull("next")) {
            page = json(query + "&cursor=" + URLEncoder.encode(page.get("next").asText(), StandardCharsets.UTF_8));
            page.get(list).forEach(all::add);
        }
        return all;
    }

    /** An item of a site's checklist. */
    JsonNode item(String site, String item) {
        for (JsonNode one : json("/api/v1/sites/" + site + "/checklist").get("items")) {
            if (one.get("item").asText().equals(item)) {
                return one;
            }
        }
        throw new AssertionError(site + " lists no item " + item);
    }

    /** A device of a site. */
    JsonNode device(String site, String device) {
        return all("/api/v1/sites/" + site + "/devices", "items").stream()
                .filter(one -> one.get("device").asText().equals(device))
                .findFirst()
                .orElseThrow(() -> new AssertionError(site + " lists no device " + device));
    }

    /** The lines of the live stream as they come; to be closed. */
    Stream<String> live() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/api/v1/live"));
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofLines()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a line of metrics that begins so. */
    static double metric(String scrape, String start) {
        return scrape.lines()
                .filter(line -> line.startsWith(start))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + start));
    }
}
