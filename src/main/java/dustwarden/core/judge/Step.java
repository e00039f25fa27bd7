package dustwarden.core.judge;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One line of the arithmetic behind a verdict: what it is, and its figures in a fixed order.
 *
 * <p>A figure is a text, a {@code Long}, a {@code Double} or a {@code Boolean}; {@code from} and {@code to} are epoch ms. All lines
 * of a verdict together give its share from below and above again by plain sums.
 */
public record Step(String what, SortedMap<String, Object> figures) {
    /** @param keysAndValues name, value, name, value … */
    static Step of(String what, Object... keysAndValues) {
        TreeMap<String, Object> figures = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            figures.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Step(what, figures);
    }
}
