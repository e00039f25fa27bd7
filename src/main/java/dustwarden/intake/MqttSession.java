package dustwarden.intake;

import dustwarden.core.Entry;
import dustwarden.intake.MqttSource.Version;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What comes over one connection and how it gets into the inbox; ends with the connection.
 *
 * <p>A message is acknowledged after it is on disk and over this very connection only: numbers of messages are used again
 * by the next. A message that cannot be handed on ends the connection unacknowledged, and so does an inbox that stays
 * full; nothing that comes after such a message is taken.
 */
final class MqttSession implements MqttLink.Events {
    private static final int AT_LEAST_ONCE = 1;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Who is told what happens, on whatever thread it happens. */
    interface Keeper {
        void opened(MqttSession session, boolean kept);

        void subscribed(MqttSession session);

        void ended(MqttSession session, MqttTrouble trouble);
    }

    private final Version version;
    private final Door door;
    private final Duration hold;
    private final MqttTally tally;
    private final Keeper keeper;
    private final Wire wire;
    private final MqttLink link;
    private final long startedNanos = System.nanoTime();
    private final AtomicLong waiting = new AtomicLong();
    private volatile boolean alive = true;
    private volatile boolean draining;

    MqttSession(
            MqttSource source,
            Version version,
            Wire wire,
            Door door,
            Duration hold,
            MqttTally tally,
            Keeper keeper,
            MqttLink.Maker maker)
            throws MqttLink.MqttRefused {
        this.version = version;
        this.door = door;
        this.hold = hold;
        this.tally = tally;
        this.keeper = keeper;
        this.wire = wire;
        this.link = maker.make(source, wire, this);
    }

    Version version() {
        return version;
    }

    Wire wire() {
        return wire;
    }

    MqttLink link() {
        return link;
    }

    long ageNanos(long nowNanos) {
        return nowNanos - startedNanos;
    }

    /** Messages taken and not yet acknowledged. */
    long waiting() {
        return waiting.get();
    }

    /** From now on no message is taken; those taken are still acknowledged. */
    void drain() {
        draining = true;
    }

    /** From now on no message is taken and none acknowledged. */
    void die() {
        alive = false;
    }

    @Override
    public void opened(boolean kept) {
        keeper.opened(this, kept);
    }

    @Override
    public void refused(MqttTrouble trouble) {
        keeper.ended(this, trouble);
    }

    @Override
    public void subscribed() {
        keeper.subscribed(this);
    }

    @Override
    public void lost(MqttTrouble trouble) {
        keeper.ended(this, trouble);
    }

    @Override
    public void arrived(String topic, byte[] payload, int qos, boolean retained, int id) {
        if (!takes()) {
            return;
        }
        try {
            take(topic, payload, qos, retained, id);
        } catch (Throwable failure) {
            // Whatever left here would be acknowledged, or end a thread of the client library.
            die();
            tally.failures.increment();
            keeper.ended(this, MqttTrouble.failed(failure));
        }
    }

    private boolean takes() {
        return alive && !draining;
    }

    private void take(String topic, byte[] payload, int qos, boolean retained, int id) {
        Kept kept = Kept.of(payload);
        boolean assured = qos >= AT_LEAST_ONCE;
        Arrival arrival = new Arrival(
                received -> new Entry.Message(
                        received, Entry.Source.MQTT, topic, kept.payload(), retained, kept.oversize()),
                kept.bytes(topic),
                assured ? () -> acknowledge(id) : () -> {});
        if (assured) {
            waiting.incrementAndGet();
        }
        if (enter(arrival)) {
            tally.messages.increment();
            kept.oversize().ifPresent(o -> tally.oversize.increment());
            if (!assured) {
                tally.unassured.increment();
            }
        } else if (assured) {
            waiting.decrementAndGet();
        } else {
            tally.dropped.increment();
        }
    }

    /** Waits for room, which holds the broker back through the full socket; false where that took too long. */
    private boolean enter(Arrival arrival) {
        long end = System.nanoTime() + hold.toNanos();
        while (takes()) {
            if (door.offer(arrival)) {
                return true;
            }
            if (System.nanoTime() - end > 0) {
                die();
                keeper.ended(this, MqttTrouble.heldBack());
                return false;
            }
            try {
                door.awaitRoom(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the inbox was full", e);
            }
            // There may be room, but not for a message as long as this one.
            LockSupport.parkNanos(RETRY_NANOS);
        }
        return false;
    }

    private void acknowledge(int id) {
        if (alive && link.acknowledge(id)) {
            tally.acknowledged.increment();
        } else {
            tally.stale.increment();
        }
        // Only now: the goodbye waits for none that is still to be sent.
        waiting.decrementAndGet();
    }
}
