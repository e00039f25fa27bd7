package dustwarden.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.settings.Settings.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {
    @TempDir
    Path directory;

    @Test
    void defaultsAreThoseThatOthersRelyOn() {
        Settings settings = good(Purpose.DEMO, "", Map.of());
        assertEquals("Asia/Shanghai", settings.zone().getId());
        assertEquals("127.0.0.1", settings.http().host());
        assertEquals(List.of(8080, 8081, 1883, 5212), List.of(
                settings.http().port(), settings.management().port(), settings.mqtt().port(),
                settings.hj212().listener().port()));
        assertTrue(settings.mqtt().broker().isEmpty());
        assertEquals("127.0.0.1", settings.mqtt().host());
        assertTrue(settings.data().isEmpty());
    }

    @Test
    void theCommandLineWinsOverEnvironmentAndThatOverTheFile() {
        String yaml = "http: {port: 1, host: a}\nmanagement: {port: 4}\n";
        Map<String, String> environment = Map.of("DUSTWARDEN_HTTP_PORT", "2", "DUSTWARDEN_HTTP_HOST", "b");
        Settings settings = good(Purpose.CHECK, yaml, environment, "http.port=3");
        assertEquals(3, settings.http().port());
        assertEquals("b", settings.http().host());
        assertEquals(4, settings.management().port());
    }

    @Test
    void whatHj212DevicesAreAskedIsOnlyWhatTheStandardAllows() {
        String yaml = "hj212: {ask: {clock: PT24H, realtime: PT30S, minute: PT5M, history: true}}\n";
        Settings.Ask ask = good(Purpose.CHECK, yaml, Map.of("DUSTWARDEN_HJ212_ASK_RESENDS", "2")).hj212().ask();
        assertEquals(List.of(24L * 60, 5L), List.of(ask.clock().orElseThrow().toMinutes(), ask.minute().orElseThrow().toMinutes()));
        assertTrue(ask.history());
        assertEquals(2, ask.resends());
        assertFalse(good(Purpose.CHECK, yaml, Map.of(), "hj212.ask.history=false").hj212().ask().history());
        for (String wrong : List.of("minute: PT7M", "realtime: PT5S", "resends: 100", "timeout: PT0S", "history: 1", "other: 1")) {
            assertFalse(bad("hj212: {ask: {" + wrong + "}}\n", Map.of()).isEmpty(), wrong);
        }
    }

    @Test
    void anEmptyVariableIsNotSet() {
        assertEquals(8080, good(Purpose.CHECK, "", Map.of("DUSTWARDEN_HTTP_PORT", "")).http().port());
    }

    @Test
    void aSecretMayStandInAFileOfItsOwn() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "hidden-token-0123456789\n");
        Map<String, String> environment = Map.of("DUSTWARDEN_AUTH_TOKEN_FILE", secret.toString());
        Settings settings = good(Purpose.CHECK, "", environment);
        assertEquals("hidden-token-0123456789", settings.apiToken().orElseThrow().value());
        assertFalse(settings.toString().contains("hidden"));
    }

    @Test
    void aSecretTwiceOrWithoutFileIsAProblem() {
        assertEquals(
                List.of("DUSTWARDEN_AUTH_TOKEN_FILE: is set beside DUSTWARDEN_AUTH_TOKEN; keep one of them"),
                bad("", Map.of("DUSTWARDEN_AUTH_TOKEN_FILE", "/x", "DUSTWARDEN_AUTH_TOKEN", "0123456789abcdef")));
        assertEquals(
                List.of("DUSTWARDEN_INFLUX_TOKEN_FILE: names a file that cannot be read: /nowhere/x"),
                bad("", Map.of("DUSTWARDEN_INFLUX_TOKEN_FILE", "/nowhere/x")));
    }

    @Test
    void channelsOfTheFileTakeTheirSecretsFromTheEnvironment() {
        String yaml = "notify: {channels: {site-robot: {kind: dingtalk, url: \"http://h/x\"}}}";
        Settings settings = good(Purpose.CHECK, yaml, Map.of("DUSTWARDEN_NOTIFY_CHANNELS_SITE_ROBOT_SECRET", "hidden"));
        assertEquals("hidden", settings.channels().get(0).secret().orElseThrow().value());
    }

    @Test
    void secretsNeverShow() {
        String yaml = """
                mqtt: {username: u, password: "hidden-1"}
                influx: {url: "http://h:1", org: o, token: "hidden-2"}
                auth: {token: "hidden-3-0123456789"}
                notify: {channels: {r: {kind: wecom, url: "http://h/hidden-4", secret: "hidden-5"},
                  m: {kind: smtp, host: h, from: f, to: [t], password: "hidden-6"}}}
                """;
        Settings settings = good(Purpose.CHECK, yaml, Map.of());
        assertFalse(settings.toString().contains("hidden"), settings.toString());
        assertEquals("hidden-1", settings.mqtt().password().orElseThrow().value());
    }

    @Test
    void unknownKeysOfTheCommandLineAndNearlyKnownVariablesAreProblems() {
        assertEquals(
                List.of("DUSTWARDEN_HTTP_PROT: is no variable known here; did you mean DUSTWARDEN_HTTP_PORT?",
                        "--set http.prt: is not a key known here; did you mean http.port?",
                        "--set: wants key=value"),
                bad("", Map.of("DUSTWARDEN_HTTP_PROT", "1"), "http.prt=hidden", "hidden"));
    }

    @Test
    void aStrangersVariableIsAWarning() {
        Checked<Settings> read = load(Purpose.DEMO, "", Map.of("DUSTWARDEN_IMAGE_TAG", "7", "HOME", "/"));
        assertEquals(List.of(), read.problems());
        assertEquals(List.of("DUSTWARDEN_IMAGE_TAG: is no variable known here and changes nothing"), read.warnings());
    }

    @Test
    void aProblemTellsWhereItsValueWasGiven() {
        assertEquals(
                List.of("DUSTWARDEN_HTTP_PORT: wants a port from 0 (any free one) to 65535",
                        "--set management.port: wants a number, got string"),
                bad("http: {port: 1}", Map.of("DUSTWARDEN_HTTP_PORT", "99999"), "management.port=x"));
    }

    @Test
    void serveWantsDataAndRegister() {
        assertEquals(
                List.of("data: is required: a directory for the journal and the views",
                        "register: is required: a directory of site files"),
                load(Purpose.SERVE, "", Map.of()).problems().stream().map(p -> p.replaceFirst("^.*yaml: ", "")).toList());
    }

    @Test
    void pathsOfAFileAreMeantFromItsDirectory() throws IOException {
        Files.createDirectory(directory.resolve("sites"));
        Settings settings = good(Purpose.CHECK, "register: sites\ndata: ./data\n", Map.of());
        assertEquals(Optional.of(directory.resolve("sites")), settings.register());
        assertEquals(Optional.of(directory.resolve("data")), settings.data());
    }

    @Test
    void aMissingFileIsOneSentence() {
        Checked<Settings> read = SettingsLoader.load(
                Purpose.CHECK, Optional.of(Path.of("/nowhere/x.yaml")), Map.of(), List.of());
        assertEquals(List.of("/nowhere/x.yaml: does not exist"), read.problems());
    }

    private Settings good(Purpose purpose, String yaml, Map<String, String> environment, String... sets) {
        Checked<Settings> read = load(purpose, yaml, environment, sets);
        assertEquals(List.of(), read.problems());
        return read.value().orElseThrow();
    }

    private List<String> bad(String yaml, Map<String, String> environment, String... sets) {
        List<String> problems = load(Purpose.CHECK, yaml, environment, sets).problems();
        assertFalse(problems.toString().contains("hidden"));
        return problems;
    }

    private Checked<Settings> load(Purpose purpose, String yaml, Map<String, String> environment, String... sets) {
        try {
            Path file = Files.writeString(directory.resolve("settings.yaml"), yaml);
            return SettingsLoader.load(purpose, Optional.of(file), environment, List.of(sets));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
