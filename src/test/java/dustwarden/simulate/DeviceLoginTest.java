package dustwarden.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.broker.BrokerLimits;
import dustwarden.broker.BrokerSettings;
import dustwarden.broker.DeviceAccess;
import dustwarden.broker.DeviceId;
import dustwarden.broker.DevicePasswords;
import dustwarden.broker.EmbeddedBroker;
import dustwarden.broker.PasswordWriter;
import dustwarden.broker.ServiceLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At a broker with passwords each device, and each region's office, logs in as itself and keeps to its path. */
class DeviceLoginTest {

    @TempDir
    private Path directory;

    private final Map<String, String> secrets = new HashMap<>();
    private Scenario scenario;
    private EmbeddedBroker broker;

    @BeforeEach
    void startBroker() throws IOException {
        Scenario quiet = ScenarioFile.shipped("quiet").withDevices(3);
        scenario = new Scenario(quiet.id(), quiet.seed(), quiet.sites(),
                ScenarioFile.shipped(ScenarioFile.DEMO).regions());
        Path file = directory.resolve("passwords");
        PasswordWriter writer = new PasswordWriter(file, new SecureRandom());
        SimulatedSite site = scenario.sites().get(0).site();
        for (SimulatedDevice device : site.devices()) {
            renew(writer, site.id() + "/" + device.id());
        }
        renew(writer, "region/130102");
        DeviceAccess access = new DeviceAccess(new DevicePasswords(file, problem -> { }),
                ServiceLogin.random(new SecureRandom()), device -> List.of());
        broker = EmbeddedBroker.start(new BrokerSettings(directory.resolve("broker"), "127.0.0.1", 0,
                Optional.empty(), Optional.of(access), BrokerLimits.DEFAULT));
    }

    private void renew(PasswordWriter writer, String path) throws IOException {
        secrets.put(path, writer.renew(DeviceId.parse(path).orElseThrow()));
    }

    @AfterEach
    void stopBroker() throws IOException {
        broker.close();
    }

    private MqttFleet connect(Map<String, String> passwords) throws Exception {
        return MqttFleet.connect(broker.ownUri(), "test", Logins.perDevice(passwords, Optional.empty()), scenario)
                .toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void eachPublishesUnderItsOwnPath() throws Exception {
        ScenarioPlayer player = new ScenarioPlayer(scenario);
        Instant noon = Instant.parse("2026-03-14T04:00:00Z");
        List<Publication> all = new java.util.ArrayList<>(player.opening(noon));
        all.addAll(player.between(noon, noon.plusSeconds(900)));
        assertTrue(all.stream().anyMatch(one -> one.site().equals("region")));
        try (MqttFleet fleet = connect(secrets)) {
            CompletableFuture.allOf(all.stream()
                    .map(one -> fleet.publish(one).toCompletableFuture())
                    .toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        }
        assertEquals(0, broker.counts().pathsRefused());
    }

    @Test
    void aRefusedLoginIsToldWithItsDevice() {
        Map<String, String> wrong = new HashMap<>(secrets);
        wrong.put("zz-jinshui-02/cam-1", "guessed");
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> connect(wrong).close());
        assertTrue(thrown.getCause().getMessage().contains("as zz-jinshui-02/cam-1: "),
                thrown.getCause().getMessage());
    }
}
