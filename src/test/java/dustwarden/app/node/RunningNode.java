package dustwarden.app.node;

import dustwarden.core.decode.Hj212Seal;
import dustwarden.ledger.SqliteLedger;
import dustwarden.settings.Checked;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.Contents;
import dustwarden.settings.Forward;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import dustwarden.settings.SettingsLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A node in this process over the sites that ship, and HTTP as somebody uses it. */
final class RunningNode implements AutoCloseable {
    static final String TOKEN = "admin-token-of-the-node-test";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();

    final Node node;
    final Contents contents;

    RunningNode(Path data) throws Exception {
        this(data, Path.of("devices/sites"), Optional.empty());
    }

    /** @param config a file of further settings */
    RunningNode(Path data, Path register, Optional<Path> config) throws Exception {
        this(data, register, config, 0);
    }

    /** @param management its management port, for somebody who looks while it starts */
    RunningNode(Path data, Path register, Optional<Path> config, int management) throws Exception {
        Checked<Settings> read = SettingsLoader.load(Purpose.SERVE, config, Map.of(), List.of(
                "data=" + data, "register=" + register, "http.host=127.0.0.1", "http.port=0",
                "management.port=" + management, "hj212.port=0", "mqtt.port=0", "auth.token=" + TOKEN));
        Settings settings = read.value().orElseThrow(() -> new AssertionError(read.problems()));
        InstantSource wall = InstantSource.system();
        SqliteLedger ledger = SqliteLedger.open(data, wall, settings.zone());
        Hj212Seal seal = new Hj212Seal(ledger.secret("hj212"));
        Supplier<Checked<Contents>> load = () -> Forward.checked(
                ContentLoader.load(settings.contentSources(Purpose.SERVE), seal::hash), settings);
        contents = load.get().value().orElseThrow();
        node = Node.start(new Node.Plan(settings, Purpose.SERVE, contents, load, data, ledger, wall, wall, "test"));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.consolePort() + path))
                .timeout(Duration.ofSeconds(30));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** The lines of a stream as they come. */
    static HttpResponse<java.util.stream.Stream<String>> stream(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofLines());
    }

    HttpResponse<String> asAdministrator(String method, String path, String body) throws Exception {
        return send(request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    HttpResponse<String> login(String account, String password) throws Exception {
        return send(request("/api/v1/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"account\":\"" + account + "\",\"password\":\"" + password + "\"}")));
    }

    /** The header {@code Cookie} of an account that has just logged in. */
    String cookie(String account, String password) throws Exception {
        HttpResponse<String> answer = login(account, password);
        return answer.headers().firstValue("Set-Cookie").orElseThrow(() -> new AssertionError(answer.body())).split(";")[0];
    }

    HttpResponse<String> as(String cookie, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return send(request.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    @Override
    public void close() {
        node.close();
    }
}
