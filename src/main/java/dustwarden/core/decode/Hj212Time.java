package dustwarden.core.decode;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;

/** Times of HJ 212: {@code YYYYMMDDhhmmss[zzz]} in local time, read to epoch milliseconds. */
final class Hj212Time {
    static final int SECONDS = 14;
    private static final int MINUTES = 12;
    private static final int WRITTEN = "2026-03-14 09:00:00".length();
    private static final int MILLIS = 17;
    private static final long MINUTE_MS = 60_000;
    /** Minute intervals of the 2017 edition, ascending. */
    private static final int[] INTERVALS_MIN = {1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30};
    private static final int INTERVAL_DEFAULT_MIN = 10;
    private static final long SLACK_MS = 2_000;

    private Hj212Time() {}

    /** Empty where it is no time: 12 digits say a minute, 14 to 17 a second, also with signs between; all else, and no date, is none. */
    static OptionalLong parse(String text, ZoneId zone) {
        if (text.length() == WRITTEN && "-/".indexOf(text.charAt(4)) >= 0 && text.charAt(13) == ':') {
            return parse(text.replaceAll("[-/ T:]", ""), zone);
        }
        if (text.length() == MINUTES) {
            return parse(text + "00", zone);
        }
        if (text.length() < SECONDS || text.length() > MILLIS || !Hj212Frame.isDigits(text, text.length())) {
            return OptionalLong.empty();
        }
        try {
            long second = LocalDateTime.of(
                            number(text, 0, 4), number(text, 4, 2), number(text, 6, 2),
                            number(text, 8, 2), number(text, 10, 2), number(text, 12, 2))
                    .atZone(zone)
                    .toInstant()
                    .toEpochMilli();
            return OptionalLong.of(second + (text.length() == MILLIS ? number(text, SECONDS, 3) : 0));
        } catch (DateTimeException noDate) {
            return OptionalLong.empty();
        }
    }

    /** How far the times of one frame lie apart, where that is an interval of the standard's. */
    static OptionalLong apart(List<OptionalLong> times) {
        long least = Long.MAX_VALUE;
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i).isPresent() && times.get(i - 1).isPresent()) {
                least = Math.min(least, Math.abs(times.get(i).getAsLong() - times.get(i - 1).getAsLong()));
            }
        }
        for (int minutes : INTERVALS_MIN) {
            if (minutes * MINUTE_MS == least) {
                return OptionalLong.of(least);
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Length of the interval that begins at {@code start}: the frame does not say it, so it is the longest of the
     * standard's that had passed when the frame was numbered, and ten minutes where that tells nothing.
     */
    static long minuteInterval(long start, OptionalLong numbered) {
        long passed = numbered.isPresent() ? numbered.getAsLong() - start + SLACK_MS : 0;
        long longest = INTERVALS_MIN[INTERVALS_MIN.length - 1] * MINUTE_MS;
        if (passed < MINUTE_MS || passed > longest + INTERVAL_DEFAULT_MIN * MINUTE_MS) {
            return INTERVAL_DEFAULT_MIN * MINUTE_MS;
        }
        long found = MINUTE_MS;
        for (int minutes : INTERVALS_MIN) {
            if (minutes * MINUTE_MS <= passed) {
                found = minutes * MINUTE_MS;
            }
        }
        return found;
    }

    private static int number(String text, int from, int count) {
        return Integer.parseInt(text.substring(from, from + count));
    }
}
