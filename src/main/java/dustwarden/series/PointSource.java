package dustwarden.series;

import dustwarden.core.model.Quantity;
import java.util.List;
import java.util.Optional;

/** Where the points of one site are read from. Stretches are from an instant, inclusive, to one, exclusive; all in epoch ms. */
interface PointSource {
    /** A published mean of the region; {@code period} in ms. */
    record Background(long start, long period, double mean) {}

    /** A mean as it was decided. */
    record Mean(long start, double mean, double capture) {}

    /** Starts of the first and the last window. */
    record Span(long first, long last) {}

    /** Devices that have points, by name. */
    List<String> devices();

    /** Values of readings in order, at most {@code atMost}. */
    List<StoredReadings.Value> values(String device, Quantity quantity, long from, long to, int atMost);

    /** Which windows were decided; empty: none. */
    Optional<Span> decided(String device, Quantity quantity, long periodMs);

    /** Windows that were decided and have a mean, in order of their starts. */
    List<Mean> means(String device, Quantity quantity, long periodMs, long from, long to, int atMost);

    /** In order of their starts. */
    List<Background> background(Quantity quantity, long from, long to, int atMost);
}
