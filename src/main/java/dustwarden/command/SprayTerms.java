package dustwarden.command;

import java.time.Duration;

/**
 * When sprays and fog cannons of a site run by themselves.
 *
 * @param start µg/m³ of PM10 as a mean over a minute; above it for {@code startFor} a spray starts
 * @param stopShare of {@code start}; below it for {@code stopFor} it stops
 * @param minRun it runs at least so long once started
 * @param minPause and rests at least so long once stopped
 * @param maxRun after which it stops and is looked at anew
 * @param maxDay running time of a local day at most
 * @param frost °C at or below which nothing runs
 * @param rain mm of the last hour from which nothing runs
 * @param stale a monitor silent for longer starts nothing
 * @param answer how long a device may take to report what it was told
 * @param effectAfter how long after its start a spray has to show an effect
 * @param effectDrop share by which the excess over upwind or background must have fallen by then
 */
public record SprayTerms(
        Mode mode,
        double start,
        double stopShare,
        Duration startFor,
        Duration stopFor,
        Duration minRun,
        Duration minPause,
        Duration maxRun,
        Duration maxDay,
        double frost,
        double rain,
        Duration stale,
        Duration answer,
        Duration effectAfter,
        double effectDrop) {

    /** What is done about it. */
    public enum Mode {
        OFF,
        /** Only noted in the log what would be done. */
        DRY_RUN,
        ON
    }

    /** Off; if turned on, the defaults of {@code docs/suppression.md}. */
    public static final SprayTerms DEFAULT = new SprayTerms(
            Mode.OFF, 150, 0.8, Duration.ofMinutes(3), Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofMinutes(5),
            Duration.ofMinutes(30), Duration.ofHours(4), 2, 0.2, Duration.ofMinutes(3), Duration.ofSeconds(60),
            Duration.ofMinutes(10), 0.1);

    public SprayTerms {
        if (!(start > 0) || !(stopShare > 0 && stopShare <= 1)) {
            throw new IllegalArgumentException("a spray starts above 0 and stops at most where it starts, got "
                    + start + " and " + stopShare);
        }
        if (maxRun.compareTo(minRun) < 0) {
            throw new IllegalArgumentException("maxRun " + maxRun + " is shorter than minRun " + minRun);
        }
        if (!(effectDrop >= 0 && effectDrop < 1)) {
            throw new IllegalArgumentException("effectDrop lies in 0..1, got " + effectDrop);
        }
    }

    double stop() {
        return start * stopShare;
    }
}
