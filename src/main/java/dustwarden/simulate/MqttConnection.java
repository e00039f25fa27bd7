package dustwarden.simulate;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * One connection to a broker that publishes at QoS 1 and comes back after a loss, with a client made anew each time.
 *
 * <p>All state is touched on the loop alone, one thread that many connections may share; the client library's own
 * threads only hand events to it. What was in flight at a loss is sent again first, in order.
 */
final class MqttConnection implements Publisher {

    private static final int QOS = 1;
    private static final int IN_FLIGHT_MAX = 256;
    private static final int CONNECT_SECONDS = 10;
    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long ACK_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long SWEEP_MILLIS = 1000;
    private static final long RETRY_FULL_MILLIS = 50;
    private static final long BACKOFF_MILLIS_MAX = 5000;

    private final URI broker;
    private final String clientId;
    private final Optional<Logins.Login> login;
    private final Optional<String> will;
    private final ScheduledExecutorService loop;
    private final Semaphore window = new Semaphore(IN_FLIGHT_MAX, true);

    private final Deque<Pending> unsent = new ArrayDeque<>();
    private final Map<Pending, Long> inFlight = new LinkedHashMap<>();
    private Optional<MqttAsyncClient> client = Optional.empty();
    private boolean connected;
    private boolean closed;
    private long generation;
    private long backoffMillis = 200;

    private static final class Pending {
        private final Publication publication;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final long deadline = System.nanoTime() + PATIENCE_NANOS;

        Pending(Publication publication) {
            this.publication = publication;
        }
    }

    /**
     * Prepares a connection.
     *
     * @param will the status topic that the broker is to say {@code offline} under when the connection is lost
     * @param loop a single thread
     */
    MqttConnection(
            URI broker, String clientId, Optional<Logins.Login> login, Optional<String> will,
            ScheduledExecutorService loop) {
        this.broker = broker;
        this.clientId = clientId;
        this.login = login;
        this.will = will;
        this.loop = loop;
    }

    /** Connects for the first time; there is no second attempt before this has gone well. */
    CompletionStage<Void> connect() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        loop.execute(() -> open(first));
        loop.scheduleWithFixedDelay(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        return first;
    }

    @Override
    public CompletionStage<Void> publish(Publication publication) {
        try {
            if (!window.tryAcquire(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
                return CompletableFuture.failedFuture(new IOException("the broker " + broker
                        + " has acknowledged nothing of " + IN_FLIGHT_MAX + " messages for 30 s"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(new IOException("interrupted while publishing", e));
        }
        Pending pending = new Pending(publication);
        pending.done.whenComplete((done, lost) -> window.release());
        onLoop(() -> {
            if (closed) {
                pending.done.completeExceptionally(new IOException("the connection is closed"));
            } else {
                unsent.add(pending);
                pump();
            }
        });
        return pending.done;
    }

    @Override
    public void close() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        onLoop(() -> {
            closed = true;
            drain(new IOException("the connection is closed"));
            client.ifPresentOrElse(one -> leave(one, ended), () -> ended.complete(null));
            client = Optional.empty();
        });
        ended.completeOnTimeout(null, 2, TimeUnit.SECONDS).join();
    }

    private void onLoop(Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException e) {
            // The fleet is closed and its loop with it: nobody is waiting any more.
        }
    }

    private void open(CompletableFuture<Void> first) {
        if (closed) {
            return;
        }
        long mine = ++generation;
        try {
            MqttAsyncClient made = new MqttAsyncClient(broker.toString(), clientId, new MemoryPersistence());
            client = Optional.of(made);
            made.setCallback(new Events(mine));
            made.connect(options(), null, listener(
                    () -> opened(mine, first),
                    cause -> notOpened(mine, first, cause)));
        } catch (MqttException e) {
            notOpened(mine, first, e);
        }
    }

    private void opened(long mine, CompletableFuture<Void> first) {
        if (mine == generation && !closed) {
            connected = true;
            backoffMillis = 200;
            first.complete(null);
            pump();
        }
    }

    private void notOpened(long mine, CompletableFuture<Void> first, Throwable cause) {
        if (mine != generation || closed) {
            return;
        }
        forget();
        if (!first.isDone() && first.completeExceptionally(new IOException("the broker " + broker
                + " cannot be reached" + login.map(one -> " as " + one.username()).orElse("")
                + ": " + words(cause), cause))) {
            closed = true;
            return;
        }
        reopenLater();
    }

    private void lost(long mine) {
        if (mine != generation || closed) {
            return;
        }
        connected = false;
        List<Pending> again = new ArrayList<>(inFlight.keySet());
        inFlight.clear();
        Collections.reverse(again);
        again.forEach(unsent::addFirst);
        forget();
        reopenLater();
    }

    private void reopenLater() {
        long wait = backoffMillis / 2 + Math.floorMod(clientId.hashCode() * 31L + generation * 7919, backoffMillis / 2 + 1);
        backoffMillis = Math.min(BACKOFF_MILLIS_MAX, backoffMillis * 2);
        generation++;
        loop.schedule(() -> open(CompletableFuture.completedFuture(null)), wait, TimeUnit.MILLISECONDS);
    }

    /** Sends what waits, as far as the broker's own window lets it. */
    private void pump() {
        while (connected && !unsent.isEmpty()) {
            Pending pending = unsent.peek();
            if (pending.done.isDone()) {
                unsent.poll();
                continue;
            }
            long mine = generation;
            Publication one = pending.publication;
            try {
                client.orElseThrow().publish(one.topic(), one.payload(), QOS, one.retain(), null, listener(
                        () -> acknowledged(pending), cause -> refused(mine, pending, cause)));
                unsent.poll();
                inFlight.put(pending, System.nanoTime());
            } catch (MqttException e) {
                if (e.getReasonCode() == MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                    loop.schedule(this::pump, RETRY_FULL_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    lost(mine);
                }
                return;
            }
        }
    }

    private void acknowledged(Pending pending) {
        inFlight.remove(pending);
        pending.done.complete(null);
        pump();
    }

    /** A broker's refusal of one message is final; any other failure is the connection's. */
    private void refused(long mine, Pending pending, Throwable cause) {
        boolean byBroker = cause instanceof MqttException one && one.getReasonCode() >= 128
                && one.getReasonCode() < 256;
        if (byBroker && inFlight.remove(pending) != null) {
            pending.done.completeExceptionally(new IOException(
                    "the broker refused a message on " + pending.publication.topic() + ": " + words(cause), cause));
            pump();
        } else if (!byBroker) {
            lost(mine);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        List<Pending> all = new ArrayList<>(unsent);
        all.addAll(inFlight.keySet());
        for (Pending pending : all) {
            if (now - pending.deadline > 0) {
                inFlight.remove(pending);
                pending.done.completeExceptionally(new IOException("no acknowledgement on "
                        + pending.publication.topic() + " within 30 s"));
            }
        }
        unsent.removeIf(pending -> pending.done.isDone());
        inFlight.values().stream().findFirst()
                .filter(since -> connected && now - since > ACK_NANOS)
                .ifPresent(since -> lost(generation));
    }

    private void drain(IOException cause) {
        unsent.forEach(pending -> pending.done.completeExceptionally(cause));
        inFlight.keySet().forEach(pending -> pending.done.completeExceptionally(cause));
        unsent.clear();
        inFlight.clear();
    }

    /** Ends the client on a thread of its own, since ending it may wait. */
    private void forget() {
        connected = false;
        client.ifPresent(one -> CompletableFuture.runAsync(() -> {
            try {
                one.disconnectForcibly(0, 500, false);
                one.close(true);
            } catch (MqttException e) {
                // It is already gone, which is what was wanted.
            }
        }));
        client = Optional.empty();
    }

    private static void leave(MqttAsyncClient client, CompletableFuture<Void> ended) {
        CompletableFuture.runAsync(() -> {
            try {
                if (client.isConnected()) {
                    client.disconnect(500).waitForCompletion(1500);
                }
                client.close(true);
            } catch (MqttException e) {
                // The broker notices a closed socket as well.
            }
            ended.complete(null);
        });
    }

    private MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(CONNECT_SECONDS);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        if (broker.getScheme().equals("tcp")) {
            options.setSocketFactory(new PromptSockets());
        }
        login.ifPresent(one -> {
            options.setUserName(one.username());
            options.setPassword(one.password().getBytes(StandardCharsets.UTF_8));
        });
        will.ifPresent(topic -> options.setWill(topic, new MqttMessage(
                "{\"state\":\"offline\"}".getBytes(StandardCharsets.UTF_8), QOS, true, new MqttProperties())));
        return options;
    }

    private MqttActionListener listener(Runnable success, java.util.function.Consumer<Throwable> failure) {
        return new MqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                onLoop(success);
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                onLoop(() -> failure.accept(cause));
            }
        };
    }

    private static String words(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** Hands the one event that matters, a lost connection, to the loop. */
    private final class Events implements MqttCallback {
        private final long mine;

        Events(long mine) {
            this.mine = mine;
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            onLoop(() -> lost(mine));
        }

        @Override
        public void mqttErrorOccurred(MqttException exception) {
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
        }

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
        }

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {
        }
    }
}
