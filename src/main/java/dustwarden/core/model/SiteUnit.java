package dustwarden.core.model;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A part of a site whose order is reported: a fence segment, zone or road.
 *
 * @param kind {@code fence}, {@code soil}, {@code stockpile}, {@code road}, or a kind that a rulebook names
 * @param size metres of a fence, m² of all else; 1 where neither is given for another kind
 * @param height metres, empty when unknown or meaningless
 * @param roadClass empty: the site's
 */
public record SiteUnit(
        String id, String kind, double size, OptionalDouble height, Optional<RoadClass> roadClass, DatePeriod period) {
    public SiteUnit {
        if (!(size > 0)) {
            throw new IllegalArgumentException("unit " + id + " needs a size above 0, got " + size);
        }
    }
}
