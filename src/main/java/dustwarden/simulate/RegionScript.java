package dustwarden.simulate;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a region's office publishes: the background of each hour some time after its end, and orders. */
public record RegionScript(String node, ZoneId zone, Optional<Background> background, List<Order> orders) {

    public RegionScript {
        if (node.isEmpty() || node.contains("/") || node.contains("#") || node.contains("+")) {
            throw new IllegalArgumentException("region '" + node + "' is not one node of a region path");
        }
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(background, "background");
        orders = List.copyOf(orders);
    }

    /**
     * The hour means that are published.
     *
     * @param delay how long after the hour's end
     */
    public record Background(Signal.Recorded pm10, Duration delay) {
        public Background {
            Objects.requireNonNull(pm10, "pm10");
            if (delay.isNegative() || delay.compareTo(Duration.ofHours(1)) >= 0) {
                throw new IllegalArgumentException("background delay " + delay + " is not within the hour");
            }
        }
    }

    /** A restriction that is announced every day at a time and holds for a span of that day. */
    public record Order(
            String id, LocalTime announced, DailySpan span, String kind, String grade, List<String> bans) {
        public Order {
            bans = List.copyOf(bans);
            if (!span.from().isBefore(span.to())) {
                throw new IllegalArgumentException("order " + id + " goes over midnight");
            }
        }
    }
}
