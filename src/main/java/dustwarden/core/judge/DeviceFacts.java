package dustwarden.core.judge;

import java.util.OptionalLong;

/** When a device was heard, in received time. */
public final class DeviceFacts {
    private final Spans heard = new Spans();
    private long lastHeard = Long.MIN_VALUE;
    private long offlineSince = Long.MIN_VALUE;

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
