package dustwarden.core.model;

import java.util.OptionalDouble;
import java.util.Set;

/**
 * A phase of the works.
 *
 * @param face the filed size of the active work face in m², if any
 */
public record Phase(DatePeriod period, Set<Work> works, OptionalDouble face) {
    public Phase {
        works = Set.copyOf(works);
    }
}
