package dustwarden.core.decode;

import dustwarden.core.model.Observation;
import dustwarden.core.model.Observation.Background;
import dustwarden.core.model.Observation.Interval;
import dustwarden.core.model.Observation.Order;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Observation.Status;
import java.util.Optional;

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
        } else {
            long until = observation instanceof Interval
                    ? Math.max(received, observation.ts() + OwnSender.BEHIND_MAX_MS)
                    : received + REMEMBERED_MS;
            known = keys.add(Fingerprint.key(observation), body, received, until);
        }
        return switch (known) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Refusal.DUPLICATE.because("the same was reported before"));
            default -> Optional.of(Refusal.CONFLICT.because("other content was reported before for the same time"));
        };
    }
}
