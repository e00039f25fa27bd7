package dustwarden.series;

import dustwarden.core.model.Quantity;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which points of a site are wanted.
 *
 * @param from epoch ms, inclusive
 * @param to epoch ms, exclusive
 * @param periodMs means over windows of this length; empty: every raw point
 * @param device only of this one
 */
public record PointQuery(
        String site,
        Quantity quantity,
        long from,
        long to,
        OptionalLong periodMs,
        Optional<String> device,
        int limit,
        Optional<String> cursor) {
    public PointQuery {
        if (from > to) {
            throw new IllegalArgumentException("from must not be after to");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be 1 or more, was " + limit);
        }
        if (periodMs.isPresent() && periodMs.getAsLong() < 1000) {
            throw new IllegalArgumentException("a period is a second or more");
        }
    }
}
