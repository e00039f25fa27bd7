package dustwarden.core.decode;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.OptionalLong;

/** RFC 3339 date-times with their offset, read to epoch milliseconds; finer fractions are cut off. */
final class Timestamp {
    private static final int SHORTEST = "2026-03-14T09:00:00Z".length();
    private static final int DAY_S = 86_400;

    private Timestamp() {}

    /** Epoch ms, or empty where the text is no such date-time; one without an offset is none. */
    static OptionalLong parse(String text) {
        if (text.length() < SHORTEST
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (text.charAt(10) | 0x20) != 't'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return OptionalLong.empty();
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23
                || minute < 0 || minute > 59 || second < 0 || second > 60
                || (day > 28 && day > YearMonth.of(year, month).lengthOfMonth())) {
            return OptionalLong.empty();
        }
        int at = 19;
        int millis = 0;
        if (text.charAt(at) == '.') {
            int start = ++at;
            int weight = 100;
            while (at < text.length() && isDigit(text.charAt(at))) {
                millis += (text.charAt(at) - '0') * weight;
                weight /= 10;
                at++;
            }
            if (at == start) {
                return OptionalLong.empty();
            }
        }
        int offset = offsetSeconds(text, at);
        if (offset == Integer.MIN_VALUE) {
            return OptionalLong.empty();
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * DAY_S + hour * 3600L + minute * 60L + second - offset;
        if (second == 60 && Math.floorMod(seconds, DAY_S) != 0) {
            return OptionalLong.empty(); // a leap second ends a day of UTC
        }
        return OptionalLong.of(seconds * 1000 + millis);
    }

    private static int offsetSeconds(String text, int at) {
        if (at == text.length() - 1) {
            return (text.charAt(at) | 0x20) == 'z' ? 0 : Integer.MIN_VALUE;
        }
        if (at != text.length() - 6 || text.charAt(at + 3) != ':') {
            return Integer.MIN_VALUE;
        }
        char sign = text.charAt(at);
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, at + 4, 2);
        if ((sign != '+' && sign != '-') || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return sign == '+' ? seconds : -seconds;
    }

    private static int digits(String text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
