package dustwarden.console;

import dustwarden.console.Acts.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an account is for, and which acts on alarms it may do; who mends never verifies. */
public enum Role {
    ADMINISTRATOR(EnumSet.allOf(Kind.class)),
    /** An authority over a region. */
    REGULATOR(EnumSet.of(Kind.ACKNOWLEDGE, Kind.SHELVE, Kind.VERIFY, Kind.COMMENT)),
    /** A person who watches named sites. */
    SUPERVISOR(EnumSet.of(Kind.ACKNOWLEDGE, Kind.SHELVE, Kind.VERIFY, Kind.COMMENT)),
    /** The firm that supervises the works (监理). */
    SUPERVISION(EnumSet.of(Kind.ACKNOWLEDGE, Kind.VERIFY, Kind.COMMENT)),
    /** Who has it built (建设单位). */
    OWNER(EnumSet.of(Kind.ACKNOWLEDGE, Kind.VERIFY, Kind.COMMENT)),
    CONTRACTOR(EnumSet.of(Kind.ACKNOWLEDGE, Kind.RECTIFY, Kind.COMMENT));

    private final Set<Kind> acts;

    Role(Set<Kind> acts) {
        this.acts = acts;
    }

    public boolean may(Kind act) {
        return acts.contains(act);
    }

    Set<Kind> acts() {
        return Set.copyOf(acts);
    }

    /** As in files and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
