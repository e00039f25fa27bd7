package dustwarden.core.honesty;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A doubt about a monitor that has begun.
 *
 * @param numbers what it rests on, in a fixed order; texts, {@code Long} and {@code Double}
 */
public record Doubt(String device, DoubtKind kind, SortedMap<String, Object> numbers) {
    public Doubt {
        numbers = new TreeMap<>(numbers);
    }

    /** @param keysAndValues name, value, name, value … */
    static SortedMap<String, Object> numbers(Object... keysAndValues) {
        TreeMap<String, Object> numbers = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            numbers.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return numbers;
    }

    /** For people: three decimals. */
    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
