package dustwarden.core.honesty;

/**
 * Why a monitor's data is doubted. A doubt is a finding and, when it stands long, an alarm; it never changes a verdict.
 *
 * <p>The bounds stand with each detector. What is known of tampering (monitors moved together, inlets misted, frozen or
 * copied series) is told in the ministry's and courts' cases; the figures are proposals, tried on recorded data.
 */
public enum DoubtKind {
    /** One value for hours. */
    FROZEN("frozen"),
    /** Dust or noise of nothing at all. */
    FLAT_ZERO("flat-zero"),
    /** At the end of what the device can measure. */
    AT_RANGE("at-range"),
    /** The same series as another monitor. */
    COPIED("copied"),
    /** The same series as a monitor of another site. */
    COPIED_ACROSS("copied-across"),
    /** Leaps that no dust makes. */
    JUMPS("jumps"),
    /** Dust that only follows the humidity. */
    HUMIDITY_COUPLED("humidity-coupled"),
    /** Dust falls while the humidity at the device leaps: water at the inlet. */
    SPRAY_AT_INLET("spray-at-inlet"),
    /** Not where it was. */
    MOVED("moved-position"),
    /** Most values of a day in a place where no dust is: probably another unit. */
    SCALE("scale-implausible"),
    /** Not calibrated, or not verified, for too long. */
    CALIBRATION_OVERDUE("calibration-overdue");

    private final String wire;

    DoubtKind(String wire) {
        this.wire = wire;
    }

    /** The name in findings. */
    public String wire() {
        return wire;
    }

    /** The code of an alarm's reason. */
    public String reason() {
        return "data-" + wire;
    }
}
