package dustwarden.simulate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * One message that a simulated device sends: when by the schedule, under which topic, and the bytes.
 *
 * @param at schedule time, which is the time inside the payload unless the device's clock is wrong
 * @param payload never changed after construction; callers must not write into it
 */
public record Publication(Instant at, String topic, byte[] payload, boolean retain) {

    public Publication {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(payload, "payload");
        if (topic.isEmpty()) {
            throw new IllegalArgumentException("topic is empty");
        }
    }

    /** The payload read as UTF-8, for people and tests. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /** The third part of the topic, the site's id or {@code region}. */
    public String site() {
        return topic.split("/", 5)[2];
    }

    /** The fourth part of the topic, the device's id or the region's node. */
    public String device() {
        return topic.split("/", 5)[3];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Publication that
                && at.equals(that.at)
                && topic.equals(that.topic)
                && retain == that.retain
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, topic, Arrays.hashCode(payload));
    }

    @Override
    public String toString() {
        return at + " " + topic + (retain ? " retained " : " ") + text();
    }
}
