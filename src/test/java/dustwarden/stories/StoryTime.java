package dustwarden.stories;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times of a story: {@code 09:00}, {@code +1 00:10} for the next day, or a full instant. */
record StoryTime(LocalDate day, ZoneId zone) {
    private static final Pattern SHORT = Pattern.compile("(?:([+-]\\d+) )?(\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,3})?)?)");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");

    /** Epoch milliseconds of a time as written. */
    long at(String written) {
        if (written.contains("T")) {
            return OffsetDateTime.parse(written).toInstant().toEpochMilli();
        }
        Matcher parts = SHORT.matcher(written);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a time is 09:00, +1 00:10 or an instant, got " + written);
        }
        String clock = parts.group(2);
        boolean midnight = clock.startsWith("24:00");
        LocalTime time = midnight ? LocalTime.MIDNIGHT : LocalTime.parse(clock);
        long days = (parts.group(1) == null ? 0 : Long.parseLong(parts.group(1))) + (midnight ? 1 : 0);
        return day.plusDays(days).atTime(time).atZone(zone).toInstant().toEpochMilli();
    }

    /** An instant as the contract writes it, in the site's offset. */
    String iso(long at) {
        return ISO.format(java.time.Instant.ofEpochMilli(at).atZone(zone));
    }

    /** A length such as {@code 90s}, {@code 5m}, {@code 2h}, {@code 1d}, in ms. */
    static long length(String written) {
        long number = Long.parseLong(written.substring(0, written.length() - 1));
        return switch (written.charAt(written.length() - 1)) {
            case 's' -> number * 1_000;
            case 'm' -> number * 60_000;
            case 'h' -> number * 3_600_000;
            case 'd' -> number * 86_400_000;
            default -> throw new IllegalArgumentException("a length is 90s, 5m, 2h or 1d, got " + written);
        };
    }
}
