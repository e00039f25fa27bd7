package dustwarden.core.decode;

import dustwarden.core.model.Observation;
import dustwarden.core.model.Observation.Background;
import dustwarden.core.model.Observation.Interval;
import dustwarden.core.model.Observation.Order;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Observation.Status;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one device has said, to tell what it says again; state of plain fields.
 *
 * <p>The same stream, key and measured time is a {@code duplicate} with the same content and a {@code conflict} with
 * other content, for 48 h from the receipt of the first; readings and interval data as long as their time is accepted.
 * A status and what is said of a region are always new.
 */
public final class Seen {
    static final long REMEMBERED_MS = 48 * 3_600_000L;

    private final SeenReadings readings = new SeenReadings();
    /** By their period, ms. */
    private final TreeMap<Long, SeenReadings> intervals = new TreeMap<>();

    private final SeenKeys keys = new SeenKeys();

    /** Remembers an observation whose time was accepted; the rejection where it is none to take. */
    public Optional<Decoded.Rejected> check(Observation observation, long received) {
        if (observation instanceof Status || observation instanceof Background || observation instanceof Order) {
            return Optional.empty();
        }
        long body = Fingerprint.body(observation);
        int known;
        if (observation instanceof Reading) {
            known = readings.add(observation.ts(), body, received);
        } else if (observation instanceof Interval interval) {
            known = intervals.computeIfAbsent(interval.periodMs(), period -> new SeenReadings()).add(observation.ts(), body, received);
        } else {
            known = keys.add(observation.ts(), Fingerprint.key(observation), body, received, received + REMEMBERED_MS);
        }
        return switch (known) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Refusal.DUPLICATE.because("the same was reported before"));
            default -> Optional.of(Refusal.CONFLICT.because("other content was reported before for the same time"));
        };
    }
}
