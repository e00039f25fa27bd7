package dustwarden.console;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who an operation of the contract is for, its {@code x-access}; an operation without one is not mounted. */
enum Access {
    /** How a login begins and ends. */
    ANYBODY,
    /** Any login; the answer is about no site. */
    LOGIN,
    /** Any login; the answer holds only what is of sites that it sees. */
    SIGHT,
    /** Who sees the site of the path; to others there is none. */
    SITE,
    /** Who sees the site of the path's alarm; to others there is none. */
    ALARM,
    /** The device of the path with its own secret, and administrators. */
    DEVICE;

    static Access of(String operation, Object word) {
        Optional<Access> found = Arrays.stream(values())
                .filter(access -> access.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
        return found.orElseThrow(() -> new IllegalStateException(
                operation + " says no x-access, so nobody has decided who may ask it; it says " + word));
    }
}
