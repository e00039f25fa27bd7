package dustwarden.notify;

import java.util.OptionalInt;

/**
 * How many messages a channel may take.
 *
 * @param perMinute in any 60 s; empty: as many as there are
 * @param perSecond in any second
 * @param reserve how many of the minute's only high priority may use
 * @param perMonth in a calendar month; the last twentieth is for high priority
 */
public record Quota(OptionalInt perMinute, OptionalInt perSecond, int reserve, OptionalInt perMonth) {
    public static final Quota NONE = new Quota(OptionalInt.empty(), OptionalInt.empty(), 0, OptionalInt.empty());
    private static final int RESERVE = 5;

    public Quota {
        if (perMinute.isPresent() && (perMinute.getAsInt() < 1 || reserve >= perMinute.getAsInt() || reserve < 0)) {
            throw new IllegalArgumentException("a quota lets at least one message a minute through, got "
                    + perMinute.getAsInt() + " with " + reserve + " kept back");
        }
    }

    /** So many a minute, five of them, at most a third, for high priority. */
    public static Quota of(int perMinute, OptionalInt perSecond, OptionalInt perMonth) {
        return new Quota(OptionalInt.of(perMinute), perSecond, Math.min(RESERVE, perMinute / 3), perMonth);
    }

    /** How many of a minute's messages may be used. */
    int limit(boolean urgent) {
        return perMinute.getAsInt() - (urgent ? 0 : reserve);
    }

    int monthLimit(boolean urgent) {
        return perMonth.getAsInt() - (urgent ? 0 : perMonth.getAsInt() / 20);
    }

    /** Whether anything is counted. */
    boolean counts() {
        return perMinute.isPresent() || perMonth.isPresent();
    }
}
