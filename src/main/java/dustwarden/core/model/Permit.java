package dustwarden.core.model;

/**
 * A permit for a span of time, epoch ms, the end exclusive.
 *
 * @param kind for example {@code night}
 */
public record Permit(String kind, long from, long to, String number) {
    public Permit {
        if (to <= from) {
            throw new IllegalArgumentException("a permit ends after its start, got " + from + ".." + to);
        }
    }
}
