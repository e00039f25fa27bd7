package dustwarden.core.model;

import java.util.Optional;

/** What a report says of a yes-or-no matter; absent and null are {@link #UNKNOWN}. */
public enum Claim {
    YES,
    NO,
    UNKNOWN;

    public static Claim of(Optional<Boolean> said) {
        return said.map(Claim::of).orElse(UNKNOWN);
    }

    public static Claim of(boolean said) {
        return said ? YES : NO;
    }
}
