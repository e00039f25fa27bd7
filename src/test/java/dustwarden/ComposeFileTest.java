package dustwarden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml and the Dockerfile promise, read as compose reads them, its merge keys resolved. */
class ComposeFileTest {
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./-]+:v?\\d+\\.\\d+\\.\\d+");
    private static final Pattern SECRET_NAME = Pattern.compile(".*(TOKEN|PASSWORD|SECRET)(__FILE|_FILE)?");
    private static final Set<String> DEMO = Set.of("demo", "demo-grafana", "demo-prometheus");

    private static Map<String, Object> file;
    private static Map<String, Map<String, Object>> services;

    @BeforeAll
    static void read() throws Exception {
        file = new Yaml().load(Files.readString(Path.of("docker-compose.yml"), StandardCharsets.UTF_8));
        services = map(file.get("services"));
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> map(Object node) {
        return node == null ? Map.of() : (Map<String, T>) node;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object node) {
        return node == null ? List.of() : (List<Object>) node;
    }

    @Test
    void theDemosServicesStartWithItsProfileAlone() {
        Set<String> common = Set.of("mosquitto", "influxdb", "dustwarden", "prometheus", "grafana");
        Set<String> all = new TreeSet<>(common);
        all.addAll(DEMO);
        assertEquals(all, new TreeSet<>(services.keySet()));
        services.forEach((name, service) ->
                assertEquals(DEMO.contains(name) ? List.of("demo") : List.of(), list(service.get("profiles")), name));
    }

    @Test
    void everyImageIsPinnedOrBuiltHere() {
        services.forEach((name, service) -> {
            if (name.equals("dustwarden") || name.equals("demo")) {
                assertEquals(".", service.get("build"), name);
            } else {
                assertTrue(PINNED.matcher(String.valueOf(service.get("image"))).matches(), name + ": " + service.get("image"));
            }
        });
        assertTrue(services.get("influxdb").get("image").toString().startsWith("influxdb:2.7."));
    }

    @Test
    void secretsComeFromFilesThatTheScriptOrTheRegisterMakes() throws Exception {
        Map<String, Map<String, Object>> secrets = map(file.get("secrets"));
        String script = Files.readString(Path.of("docker/secrets.sh"), StandardCharsets.UTF_8);
        secrets.forEach((name, secret) -> {
            String path = String.valueOf(secret.get("file"));
            assertTrue(path.startsWith("./secrets/"), name);
            assertTrue(Pattern.compile("(make |[ ])" + Pattern.quote(path.substring(10)) + "(\\s|;)").matcher(script).find(), path);
        });
        Set<String> used = new TreeSet<>();
        services.forEach((name, service) -> {
            Set<String> own = new TreeSet<>();
            list(service.get("secrets")).forEach(s -> own.add(String.valueOf(s)));
            used.addAll(own);
            map(service.get("environment")).forEach((key, value) -> {
                if (SECRET_NAME.matcher(key).matches()) {
                    assertTrue(key.endsWith("_FILE"), name + " " + key);
                    assertTrue(own.contains(String.valueOf(value).replace("/run/secrets/", "")), name + " " + key);
                }
            });
        });
        assertEquals(secrets.keySet(), used);
    }

    @Test
    void everyVolumeIsNamedAndEveryMountedFileIsThere() {
        Set<String> used = new TreeSet<>();
        services.forEach((name, service) -> list(service.get("volumes")).forEach(volume -> {
            String source = String.valueOf(volume).split(":")[0];
            if (!source.startsWith("./")) {
                used.add(source);
            } else {
                assertTrue(volume.toString().endsWith(":ro"), name + " " + volume);
                // The register is the owner's own.
                assertTrue(source.equals("./register") || Files.exists(Path.of(source)), name + " " + volume);
            }
        }));
        assertEquals(map(file.get("volumes")).keySet(), used);
    }

    @Test
    void whatWaitsForHealthWaitsForServicesThatTellIt() {
        services.forEach((name, service) -> {
            if (service.get("depends_on") instanceof Map<?, ?> others) {
                others.forEach((other, how) -> {
                    assertTrue(services.containsKey(other), name + " " + other);
                    if (map(how).get("condition").equals("service_healthy")) {
                        assertTrue(services.get(other).containsKey("healthcheck"), name + " " + other);
                    }
                });
            } else {
                list(service.get("depends_on")).forEach(o -> assertTrue(services.containsKey(o), name + " " + o));
            }
        });
    }

    @Test
    void onlyTheContainersPortOfManagementStaysOnTheHostsLoopback() {
        services.forEach((name, service) -> list(service.get("ports")).forEach(port -> {
            if (port.toString().endsWith(":8081")) {
                assertTrue(port.toString().startsWith("127.0.0.1:"), name);
            }
        }));
    }

    @Test
    void dustwardenRunsAsAnAccountOfItsOwnAndTellsItsHealth() throws Exception {
        String docker = Files.readString(Path.of("Dockerfile"), StandardCharsets.UTF_8);
        Matcher user = Pattern.compile("(?m)^USER (\\S+)$").matcher(docker);
        assertTrue(user.find());
        assertFalse(Set.of("root", "0").contains(user.group(1)));
        assertTrue(docker.indexOf("\nUSER ") < docker.indexOf("\nENTRYPOINT "));
        assertTrue(docker.contains("\nHEALTHCHECK ") && docker.contains("/livez"));
        for (Object account : List.of(services.get("grafana").get("user"), services.get("demo-grafana").get("user"))) {
            assertFalse(Set.of("0", "root").contains(String.valueOf(account)));
        }
    }

    /** The command that knows compose's second version; empty where there is none. */
    private static Optional<List<String>> compose() throws Exception {
        List<List<String>> known = new ArrayList<>(List.of(List.of("docker", "compose"), List.of("docker-compose")));
        Optional.ofNullable(System.getenv("DUSTWARDEN_TEST_COMPOSE")).ifPresent(path -> known.add(0, List.of(path)));
        for (List<String> command : known) {
            Optional<String> version = run(command, List.of("version", "--short"));
            if (version.map(v -> v.strip().replaceFirst("^v", "")).filter(v -> v.matches("(?s)[2-9].*")).isPresent()) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    /** What a command prints; empty where it is not there or fails. */
    private static Optional<String> run(List<String> command, List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Test
    void composeItselfTakesTheFile() throws Exception {
        Optional<List<String>> command = compose();
        if (command.isEmpty()) {
            System.out.println("SKIPPED: no docker compose of version 2 (on the path, or named by DUSTWARDEN_TEST_COMPOSE)");
        }
        Assumptions.assumeTrue(command.isPresent(), "no docker compose of version 2");
        for (List<String> profile : List.of(List.<String>of(), List.of("--profile", "demo"))) {
            List<String> config = new ArrayList<>(List.of("-f", "docker-compose.yml"));
            config.addAll(profile);
            config.addAll(List.of("config", "--services"));
            Set<String> wanted = new TreeSet<>(services.keySet());
            if (profile.isEmpty()) {
                wanted.removeAll(DEMO);
            }
            assertEquals(Optional.of(wanted), run(command.get(), config).map(said -> new TreeSet<>(said.lines().toList())));
        }
    }
}
