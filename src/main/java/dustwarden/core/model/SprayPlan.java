package dustwarden.core.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a site's file says of its sprays under {@code suppression}; what it leaves out is as the settings have it. It judges
 * nothing.
 *
 * @param mode {@code off}, {@code dry-run} or {@code on}
 * @param numbers by key, such as {@code start} in µg/m³
 * @param spans by key, such as {@code minRun}, in ms
 * @param sprays ids of those that run by themselves; empty: all
 */
public record SprayPlan(Optional<String> mode, Map<String, Double> numbers, Map<String, Long> spans, List<String> sprays) {
    /** Nothing of its own. */
    public static final SprayPlan NONE = new SprayPlan(Optional.empty(), Map.of(), Map.of(), List.of());

    public SprayPlan {
        numbers = Map.copyOf(numbers);
        spans = Map.copyOf(spans);
        sprays = List.copyOf(sprays);
    }

    public OptionalDouble number(String key) {
        return numbers.containsKey(key) ? OptionalDouble.of(numbers.get(key)) : OptionalDouble.empty();
    }

    public OptionalLong span(String key) {
        return spans.containsKey(key) ? OptionalLong.of(spans.get(key)) : OptionalLong.empty();
    }

    /** Whether a spray runs by itself where the site's do. */
    public boolean runs(String device) {
        return sprays.isEmpty() || sprays.contains(device);
    }
}
