package dustwarden.intake;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the platform asks devices for by itself.
 *
 * @param clock how often a device's clock is read (1011) and set where it is off (1012); also at its first frame
 * @param realtime the interval that real-time data is to come in (1061, 1062): 30 s to 1 h
 * @param minute the interval of minute data (1063, 1064): one of the standard's
 * @param history whether minute data of a gap is asked for (2051) once the device is back
 * @param timeout for each answer
 * @param resends how often a request is repeated before the exchange is given up
 */
public record Hj212Ask(
        Optional<Duration> clock,
        Optional<Duration> realtime,
        Optional<Duration> minute,
        boolean history,
        Duration timeout,
        int resends) {
    /** Of the standard's table 1. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** Of the standard's table 1. */
    public static final int RESENDS = 3;
    /** Minutes that the standard allows between minute data. */
    public static final Set<Long> MINUTES = Set.of(1L, 2L, 3L, 4L, 5L, 6L, 10L, 12L, 15L, 20L, 30L);

    public Hj212Ask {
        if (timeout.toMillis() < 1 || resends < 0 || resends > 99) {
            throw new IllegalArgumentException("wants a time above 0 and 0 to 99 resends, got " + timeout + ", " + resends);
        }
        realtime.ifPresent(r -> {
            if (r.toSeconds() < 30 || r.toSeconds() > 3_600) {
                throw new IllegalArgumentException("real-time data comes every 30 s to 1 h, got " + r);
            }
        });
        minute.ifPresent(m -> {
            if (!MINUTES.contains(m.toMinutes()) || m.toSecondsPart() != 0) {
                throw new IllegalArgumentException("minute data comes every 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 min, got " + m);
            }
        });
    }

    /** Nothing but the clock of a device that asks for it (1013). */
    public static Hj212Ask nothing() {
        return new Hj212Ask(Optional.empty(), Optional.empty(), Optional.empty(), false, TIMEOUT, RESENDS);
    }
}
