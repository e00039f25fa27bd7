package dustwarden.simulate;

import java.util.regex.Pattern;

/** The spelling of site and device ids: lower case, digits and hyphens, at most 32. */
final class Ids {

    static final int LENGTH_MAX = 32;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0," + (LENGTH_MAX - 1) + "}");

    private Ids() {
    }

    static String check(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id '" + id + "' is not of the form [a-z0-9][a-z0-9-]{0,31}");
        }
        return id;
    }
}
