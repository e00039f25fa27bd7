package dustwarden.settings;

import java.util.List;
import java.util.Optional;

/**
 * What was read, or every problem that kept it from being read.
 *
 * @param value present exactly when there is no problem
 * @param problems whole sentences, each with its file or origin and path
 * @param warnings what looks like a mistake but stops nothing
 */
public record Checked<T>(Optional<T> value, List<String> problems, List<String> warnings) {
    public Checked {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        if (value.isPresent() != problems.isEmpty()) {
            throw new IllegalArgumentException("a value stands without problems, got " + problems);
        }
    }

    static <T> Checked<T> of(Optional<T> value, List<String> problems, List<String> warnings) {
        return new Checked<>(problems.isEmpty() ? value : Optional.empty(), problems, warnings);
    }
}
