package dustwarden.core.judge;

import java.util.OptionalLong;

/** When a device was heard, in received time, and what its clock is worth. */
public final class DeviceFacts {
    private final Spans heard = new Spans();
    private long lastHeard = Long.MIN_VALUE;
    private long offlineSince = Long.MIN_VALUE;
    private long skewMs;
    private long twinSince = Long.MAX_VALUE;
    private final Spans clockless = new Spans();
    private long clocklessSince = Long.MIN_VALUE;

    /** Where {@link DeviceLines} keeps what it says, by its clock as it stands; null until it was looked up once. */
    transient StateLine<CameraState> camera;
    transient StateLine<SprayState> spray;
    transient Weather weather;

    /** Any accepted message: the device counts as heard for as long as one report is valid. */
    void hear(long received, long validityMs) {
        heard.add(received, received + validityMs);
        lastHeard = Math.max(lastHeard, received);
        offlineSince = Long.MIN_VALUE;
    }

    /** The device, or its will, says that it goes. */
    void goOffline(long received) {
        heard.remove(received, Long.MAX_VALUE);
        offlineSince = received;
    }

    /** Its clock is off by so much from now on, measured minus received; 0 where it is good. */
    void skew(long ms, long received) {
        skewMs = ms;
        if (ms != 0 && twinSince == Long.MAX_VALUE) {
            twinSince = received;
        }
        if (clocklessSince != Long.MIN_VALUE) {
            clockless.add(clocklessSince, received);
            clocklessSince = Long.MIN_VALUE;
        }
    }

    /** It has no clock from now on. */
    public void loseClock(long received) {
        skewMs = 0;
        clocklessSince = clocklessSince == Long.MIN_VALUE ? received : clocklessSince;
    }

    /** Measured minus received time of a clock that is steadily off, ms; 0 of any other. */
    long skewMs() {
        return skewMs;
    }

    /** Since when its values are kept a second time by the corrected clock, epoch ms; {@code Long.MAX_VALUE} for never. */
    long twinSince() {
        return twinSince;
    }

    boolean clockless() {
        return clocklessSince != Long.MIN_VALUE;
    }

    /** Whether it was without a clock at any time of {@code [from, to)}. */
    boolean clocklessWithin(long from, long to) {
        return clocklessSince != Long.MIN_VALUE && clocklessSince < to || clockless.covered(from, to) > 0;
    }

    /** Whether it was heard in time at an instant. */
    public boolean heardAt(long at) {
        return heard.contains(at);
    }

    /** When it falls silent if it says nothing more, or {@code at} itself when it is silent already. */
    public long heardUntil(long at) {
        return heard.endAt(at);
    }

    public Spans heard() {
        return heard;
    }

    /** Received time of its last accepted message. */
    public OptionalLong lastHeard() {
        return lastHeard == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(lastHeard);
    }

    /** Since when it says it is offline; empty when it does not. */
    public OptionalLong offlineSince() {
        return offlineSince == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(offlineSince);
    }
}
