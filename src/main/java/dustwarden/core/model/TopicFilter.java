package dustwarden.core.model;

import java.util.Optional;

/** What an MQTT topic filter may be, and whether two of them can match one topic. */
public final class TopicFilter {
    private TopicFilter() {}

    /** Why a filter cannot be a device's own topic, if it cannot. */
    public static Optional<String> problem(String filter) {
        String[] levels = filter.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean wild = levels[i].contains("#") || levels[i].contains("+");
            if (wild && levels[i].length() > 1 || levels[i].equals("#") && i < levels.length - 1) {
                return Optional.of("wants a topic filter with + as a whole level and # only at its end, got " + filter);
            }
        }
        if (levels[0].equals("#") || levels[0].equals("+")) {
            return Optional.of("must not start with a wildcard: it would hear other devices");
        }
        if (overlap(filter, "dust/v1/#") || overlap(filter, "warden/v1/#")) {
            return Optional.of("must not lie under dust/v1/ or warden/v1/, got " + filter);
        }
        return Optional.empty();
    }

    /** Whether some topic matches both filters. */
    public static boolean overlap(String left, String right) {
        String[] a = left.split("/", -1);
        String[] b = right.split("/", -1);
        for (int i = 0; ; i++) {
            boolean endOfA = i == a.length;
            boolean endOfB = i == b.length;
            if (!endOfA && a[i].equals("#") || !endOfB && b[i].equals("#")) {
                return true;
            }
            if (endOfA || endOfB) {
                return endOfA && endOfB;
            }
            if (!a[i].equals("+") && !b[i].equals("+") && !a[i].equals(b[i])) {
                return false;
            }
        }
    }
}
