package dustwarden.core.alarm;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A person's act on an alarm.
 *
 * @param until epoch ms, for shelving
 * @param pictures addresses of pictures that show what the words say
 * @param version of the alarm that the person saw; refused where it has moved on
 */
public record AlarmAct(
        Kind kind,
        String alarm,
        String person,
        Optional<String> text,
        OptionalLong until,
        List<String> pictures,
        OptionalLong version) {
    public AlarmAct {
        if (person.isBlank()) {
            throw new IllegalArgumentException("an act names its person");
        }
        pictures = List.copyOf(pictures);
    }

    /** What a person may do to an alarm. */
    public enum Kind {
        ACKNOWLEDGE("acknowledged"),
        RECTIFY("rectified"),
        VERIFY("verified"),
        SHELVE("shelved"),
        UNSHELVE("unshelved"),
        COMMENT("comment"),
        /** The contractor's statement (陈述申辩); it stands beside the alarm and changes nothing. */
        OBJECT("objection");

        private final String transition;

        Kind(String transition) {
            this.transition = transition;
        }

        /** What the alarm's history calls it. */
        public String transition() {
            return transition;
        }

        public static Optional<Kind> ofWire(String wire) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(wire)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }
}
