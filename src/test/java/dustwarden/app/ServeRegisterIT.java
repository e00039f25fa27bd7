package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Site files are added, changed, broken and taken away under the packaged jar while it runs. */
class ServeRegisterIT {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final String TOKEN = "admin-token-of-the-it-77aa";
    private static final String FOG = "  - {id: fog-1, kind: spray, every: PT5M, suppresses: [earthwork], "
            + "profile: shelly-plus, topic: \"shellyplus1pm-a8032ab1/#\"}\n";

    @TempDir
    private Path temp;

    @Test
    void aChangeTakesEffectWithoutARestartAndABadFileChangesNothing() throws Exception {
        Path register = Files.createDirectories(temp.resolve("register"));
        Path first = copy("xx-hongqi-01", register);
        try (PackagedJar serve = PackagedJar.onFreePorts(temp, "serve", "--set", "data=" + temp.resolve("data"),
                "--set", "register=" + register, "--set", "mqtt.port=0", "--set", "http.host=127.0.0.1",
                "--set", "auth.token=" + TOKEN)) {
            Api api = serve.api(TOKEN);
            Api management = new Api(serve.management(), Optional.empty());
            assertEquals(List.of("xx-hongqi-01"), sites(api));

            Path second = copy("zz-jinshui-02", register);
            Await.until("the new site is listed" + serve, MOST, () -> sites(api).contains("zz-jinshui-02"));
            Await.until("it is judged", MOST, () ->
                    api.get("/api/v1/sites/zz-jinshui-02/checklist").body().contains("\"coverage\""));

            Files.writeString(first, Files.readString(first) + FOG);
            Await.until("the new device is listed" + serve, MOST, () -> devices(api).contains("fog-1"));

            String good = Files.readString(second);
            Files.writeString(second, good.replace("kind: fence, length: 90", "kind: fense, length: ninety"));
            Await.until("what is wrong is told" + serve, MOST, () -> problems(management).size() == 2);
            assertTrue(problems(management).get(0).contains(second.getFileName().toString()), problems(management).toString());
            assertEquals(2, sites(api).size());
            assertTrue(management.get("/metrics").body().contains("dustwarden_content_problems 2"));

            Files.writeString(second, good);
            Await.until("all is well again" + serve, MOST, () -> problems(management).isEmpty());

            Files.delete(second);
            Await.until("the site is gone" + serve, MOST, () -> sites(api).equals(List.of("xx-hongqi-01")));
            assertEquals(0, serve.terminate(Duration.ofSeconds(20)));
        }
        try (PackagedJar replay = PackagedJar.run(temp, "replay", "--data", temp.resolve("data").toString())) {
            assertEquals(0, replay.exit(Duration.ofSeconds(60)), replay.said());
        }
    }

    private static Path copy(String site, Path register) throws IOException {
        return Files.copy(Path.of("devices/sites", site + ".yaml"), register.resolve(site + ".yaml"));
    }

    private static List<String> sites(Api api) {
        return names(api.all("/api/v1/sites", "items").stream(), "site");
    }

    private static List<String> devices(Api api) {
        return names(api.all("/api/v1/sites/xx-hongqi-01/devices", "items").stream(), "device");
    }

    private static List<String> names(Stream<JsonNode> items, String key) {
        return items.map(item -> item.get(key).asText()).toList();
    }

    private static List<String> problems(Api management) {
        JsonNode found = Api.read(management.get("/readyz").body()).findValue("contentProblems");
        return Api.JSON.convertValue(found, Api.JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }
}
