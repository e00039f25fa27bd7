package dustwarden.broker;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;

/**
 * An MQTT 3.1.1 and 5 broker inside this process: it acknowledges a QoS 1 message only after it is on
 * disk, and keeps sessions, retained messages and what was not yet delivered over a restart or a crash.
 *
 * <p>Starting and stopping block for up to a few seconds and belong on a worker thread.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    static {
        NewerJava.prepare();
    }

    private final FileChannel lock;
    private final ArtemisServer artemis;
    private final ArtemisSecurity security;
    private final Refusals packets;
    private final MqttListener listener;
    private final int port;
    private final int ownPort;
    private boolean stopped;

    private EmbeddedBroker(BrokerSettings settings, FileChannel lock) throws IOException {
        this.lock = lock;
        this.security = new ArtemisSecurity(settings.access().orElseGet(OpenAccess::new));
        this.packets = new Refusals("not good MQTT");
        Optional<SslContext> tls = settings.tls().isPresent()
                ? Optional.of(TlsContext.of(settings.tls().get()))
                : Optional.empty();
        this.artemis = startArtemis(settings);
        NettyAcceptor acceptor =
                (NettyAcceptor) artemis.getRemotingService().getAcceptor(ArtemisConfiguration.ACCEPTOR);
        this.listener = new MqttListener(settings.limits(), packets, acceptor::transfer);
        try {
            artemis.getRemotingService().addIncomingInterceptor(new PacketRules(settings.access().isEmpty(), packets));
            this.port = listener.listen(settings.host(), settings.port(), tls);
            boolean reachable = tls.isEmpty() && BrokerSettings.isLoopback(settings.host());
            this.ownPort = reachable ? port : listener.listen(LOOPBACK, 0, Optional.empty());
        } catch (IOException | RuntimeException e) {
            stopAll();
            throw e;
        }
    }

    /**
     * Starts a broker, which is ready when this returns.
     *
     * @throws IOException if the directory is in use or cannot be written, the port is taken, or the
     *     certificate is not good; nothing is left running
     */
    public static EmbeddedBroker start(BrokerSettings settings) throws IOException {
        Files.createDirectories(settings.directory());
        FileChannel lock = lock(settings.directory());
        try {
            return new EmbeddedBroker(settings, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** The port that devices use. */
    public int port() {
        return port;
    }

    /** Where the service's own clients find the broker: always on loopback and never encrypted. */
    public URI ownUri() {
        return URI.create("tcp://" + LOOPBACK + ":" + ownPort);
    }

    public BrokerCounts counts() {
        return new BrokerCounts(
                listener.connections(),
                security.loginsRefused(),
                security.pathsRefused(),
                packets.count(),
                artemis.isDiskFull());
    }

    /** Stops the broker; what it acknowledged is on disk. Stopping it again does nothing. */
    public synchronized void stop() throws IOException {
        if (!stopped) {
            stopped = true;
            stopAll();
            lock.close();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private void stopAll() throws IOException {
        listener.stopListening();
        try {
            artemis.stop();
        } catch (Exception e) {
            throw new IOException("the MQTT broker did not stop in order", e);
        } finally {
            listener.close();
        }
    }

    private ArtemisServer startArtemis(BrokerSettings settings) throws IOException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        try {
            ArtemisServer server = new ArtemisServer(
                    ArtemisConfiguration.of(settings.directory(), settings.limits()), security);
            server.registerActivationFailureListener(failure::set);
            server.start();
            if (!server.isActive()) {
                server.stop();
                throw new IOException("the MQTT broker did not become active", failure.get());
            }
            return server;
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the MQTT broker cannot start in " + settings.directory(), e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException(directory + " is in use by another broker of this process", e);
        }
        channel.close();
        throw new IOException(directory + " is in use by another process");
    }
}
