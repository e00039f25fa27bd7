package dustwarden.core.model;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads an enum's constants by their names in lower case with hyphens. */
final class Words {
    private Words() {}

    static <E extends Enum<E>> Function<String, Optional<E>> reader(E[] constants) {
        return text -> {
            for (E constant : constants) {
                if (constant.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                    return Optional.of(constant);
                }
            }
            return Optional.empty();
        };
    }
}
