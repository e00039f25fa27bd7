package dustwarden.intake;

import dustwarden.ledger.SnapshotSet;
import dustwarden.ledger.StateCodec;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Stores changed sites once a minute of the journal's time, and all sites first and at each local midnight; less often
 * where it would take more than a fiftieth of the journal's thread, as in a history that is played fast.
 */
public final class TimedCheckpoint implements Checkpoint {
    private static final long EVERY_MS = 60_000;

    private final StateSource source;
    private final StateCodec codec;
    private final String coreVersion;
    private final ZoneId zone;
    private final int rest;
    private Optional<LocalDate> wholeOn = Optional.empty();
    private long storedAt = Long.MIN_VALUE / 2;
    private long restUntilNanos = System.nanoTime();

    /** @param rest how many times as long as storing took the journal's thread is left alone after it */
    public TimedCheckpoint(StateSource source, StateCodec codec, String coreVersion, ZoneId zone, int rest) {
        this.rest = rest;
        this.source = source;
        this.codec = codec;
        this.coreVersion = coreVersion;
        this.zone = zone;
    }

    @Override
    public Optional<SnapshotSet> due(long applied, long received) {
        long began = System.nanoTime();
        if (applied == 0 || received - storedAt < EVERY_MS || began - restUntilNanos < 0) {
            return Optional.empty();
        }
        LocalDate today = Instant.ofEpochMilli(received).atZone(zone).toLocalDate();
        boolean whole = !wholeOn.equals(Optional.of(today));
        Map<String, Object> states = whole ? source.states() : source.changedStates();
        wholeOn = Optional.of(today);
        storedAt = received;
        if (states.isEmpty()) {
            return Optional.empty();
        }
        TreeMap<String, byte[]> bytes = new TreeMap<>();
        states.forEach((site, state) -> bytes.put(site, codec.write(state)));
        long ended = System.nanoTime();
        restUntilNanos = ended + rest * (ended - began);
        return Optional.of(new SnapshotSet(applied, received, coreVersion, whole, bytes));
    }

    // What had changed is told only once, so the next set must be whole.
    @Override
    public void failed() {
        wholeOn = Optional.empty();
    }
}
