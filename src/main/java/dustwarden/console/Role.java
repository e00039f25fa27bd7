package dustwarden.console;

import dustwarden.console.Acts.FilingKind;
import dustwarden.console.Acts.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an account is for, and which acts on alarms it may do; who mends never verifies. */
public enum Role {
    ADMINISTRATOR(EnumSet.allOf(Kind.class), EnumSet.allOf(FilingKind.class)),
    /** An authority over a region. */
    REGULATOR(
            EnumSet.of(Kind.ACKNOWLEDGE, Kind.SHELVE, Kind.UNSHELVE, Kind.VERIFY, Kind.COMMENT),
            EnumSet.of(FilingKind.APPROVE, FilingKind.UNWAIVE)),
    /** A person who watches named sites. */
    SUPERVISOR(
            EnumSet.of(Kind.ACKNOWLEDGE, Kind.SHELVE, Kind.UNSHELVE, Kind.VERIFY, Kind.COMMENT),
            EnumSet.of(FilingKind.OUTAGE, FilingKind.WORK_FACE, FilingKind.WAIVE, FilingKind.APPROVE, FilingKind.UNWAIVE)),
    /** The firm that supervises the works (监理). */
    SUPERVISION(
            EnumSet.of(Kind.ACKNOWLEDGE, Kind.VERIFY, Kind.COMMENT),
            EnumSet.of(FilingKind.OUTAGE, FilingKind.WORK_FACE, FilingKind.WAIVE, FilingKind.APPROVE, FilingKind.UNWAIVE)),
    /** Who has it built (建设单位). */
    OWNER(
            EnumSet.of(Kind.ACKNOWLEDGE, Kind.VERIFY, Kind.COMMENT, Kind.OBJECT),
            EnumSet.of(FilingKind.OUTAGE, FilingKind.WAIVE, FilingKind.OBJECT)),
    CONTRACTOR(
            EnumSet.of(Kind.ACKNOWLEDGE, Kind.RECTIFY, Kind.COMMENT, Kind.OBJECT),
            EnumSet.of(FilingKind.OUTAGE, FilingKind.WORK_FACE, FilingKind.WAIVE, FilingKind.OBJECT));

    private final Set<Kind> acts;
    private final Set<FilingKind> filings;

    Role(Set<Kind> acts, Set<FilingKind> filings) {
        this.acts = acts;
        this.filings = filings;
    }

    public boolean may(FilingKind filing) {
        return filings.contains(filing);
    }

    public boolean may(Kind act) {
        return acts.contains(act);
    }

    Set<Kind> acts() {
        return Set.copyOf(acts);
    }

    Set<FilingKind> filings() {
        return Set.copyOf(filings);
    }

    /** As in files and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
