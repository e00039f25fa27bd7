package dustwarden.simulate;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A scenario's connections to a broker: one for each device where devices have logins of their own, else a few pooled ones.
 *
 * <p>A device always uses the same connection, so its messages stay in order.
 */
public final class MqttFleet implements Publisher {

    private static final int POOL_MAX = 8;
    private static final int CONNECTING_MAX = 32;
    private static final String REGION = "region";

    private final Map<String, MqttConnection> connections = new LinkedHashMap<>();
    private final ScheduledExecutorService loop;
    private final boolean perDevice;

    private MqttFleet(URI broker, String clientIdPrefix, Logins logins, Scenario scenario) {
        this.perDevice = logins.perDevice();
        this.loop = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "mqtt-fleet");
            thread.setDaemon(true);
            return thread;
        });
        for (String path : paths(scenario)) {
            String key = key(path);
            connections.computeIfAbsent(key, name -> new MqttConnection(
                    broker, clientIdPrefix + "-" + name.replace('/', '-'), logins.of(path), will(path), loop));
        }
    }

    /**
     * Connects all that a scenario's devices need.
     *
     * @param clientIdPrefix what the client ids begin with; two fleets at one broker need two
     * @return completes exceptionally, with a message for people, when the broker cannot be reached or refuses a login
     */
    public static CompletionStage<MqttFleet> connect(
            URI broker, String clientIdPrefix, Logins logins, Scenario scenario) {
        if (!Set.of("tcp", "ssl").contains(String.valueOf(broker.getScheme())) || broker.getHost() == null) {
            return CompletableFuture.failedFuture(
                    new IOException("'" + broker + "' is no broker; wanted tcp://host:port or ssl://host:port"));
        }
        MqttFleet fleet = new MqttFleet(broker, clientIdPrefix, logins, scenario);
        CompletableFuture<MqttFleet> ready = new CompletableFuture<>();
        fleet.connectFrom(0).whenComplete((done, failed) -> {
            if (failed == null) {
                ready.complete(fleet);
            } else {
                // Not on the loop, which closing waits for.
                CompletableFuture.runAsync(fleet::close).whenComplete((closed, ignored) ->
                        ready.completeExceptionally(failed.getCause() == null ? failed : failed.getCause()));
            }
        });
        return ready;
    }

    private CompletableFuture<Void> connectFrom(int first) {
        List<MqttConnection> all = new ArrayList<>(connections.values());
        if (first >= all.size()) {
            return CompletableFuture.completedFuture(null);
        }
        int last = Math.min(all.size(), first + CONNECTING_MAX);
        return CompletableFuture.allOf(all.subList(first, last).stream()
                        .map(one -> one.connect().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenCompose(done -> connectFrom(last));
    }

    @Override
    public CompletionStage<Void> publish(Publication publication) {
        MqttConnection connection = connections.get(key(publication.site() + "/" + publication.device()));
        return connection == null
                ? CompletableFuture.failedFuture(new IOException("no connection for " + publication.topic()))
                : connection.publish(publication);
    }

    @Override
    public void close() {
        CompletableFuture.allOf(connections.values().stream()
                .map(one -> CompletableFuture.runAsync(one::close))
                .toArray(CompletableFuture[]::new)).join();
        loop.shutdownNow();
    }

    private String key(String path) {
        String site = path.substring(0, path.indexOf('/'));
        if (perDevice) {
            return path;
        }
        return site.equals(REGION) ? REGION : "pool-" + Math.floorMod(site.hashCode(), POOL_MAX);
    }

    private Optional<String> will(String path) {
        return perDevice && !path.startsWith(REGION + "/")
                ? Optional.of("dust/v1/" + path + "/status")
                : Optional.empty();
    }

    private static Set<String> paths(Scenario scenario) {
        Set<String> paths = new LinkedHashSet<>();
        scenario.sites().forEach(script -> script.site().devices()
                .forEach(device -> paths.add(script.site().id() + "/" + device.id())));
        scenario.regions().forEach(region -> paths.add(REGION + "/" + region.node()));
        return paths;
    }
}
