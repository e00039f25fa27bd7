package dustwarden.core.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.decode.Scope.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A place where a payload says when it was measured, and how it is written.
 *
 * @param format {@code epoch} (s or ms by its size), {@code epoch-s}, {@code epoch-ms}, {@code epoch-us},
 *     {@code epoch-ns}, {@code iso}, or a pattern of {@link DateTimeFormatter}
 * @param pattern present where {@code format} is one
 * @param zone of a time without an offset; empty: the site's
 */
record ProfileTime(Place place, String format, Optional<DateTimeFormatter> pattern, Optional<ZoneId> zone) {
    /** Epoch seconds reach it in the year 5138, epoch milliseconds reached it in 1973. */
    private static final double MILLIS_FROM = 1e11;
    private static final double MICROS = 1e6;
    private static final double FAR = 9e15;
    private static final int CHARS_MAX = 64;

    /** @throws IllegalArgumentException with a sentence for people where there is no such format */
    static ProfileTime of(Place place, String format, Optional<ZoneId> zone) {
        boolean known = format.equals("iso") || format.equals("epoch") || format.startsWith("epoch-");
        if (format.startsWith("epoch-") && !java.util.Set.of("s", "ms", "us", "ns").contains(format.substring(6))) {
            throw new IllegalArgumentException("wants epoch, epoch-s, epoch-ms, epoch-us, epoch-ns, iso or a pattern, got " + format);
        }
        return new ProfileTime(
                place, format, known ? Optional.empty() : Optional.of(DateTimeFormatter.ofPattern(format, Locale.ROOT)), zone);
    }

    /** Epoch ms; empty where what stands there is no such time. */
    OptionalLong read(JsonNode node, ZoneId siteZone) {
        if (!node.isValueNode() || node.asText().length() > CHARS_MAX) {
            return OptionalLong.empty();
        }
        if (format.startsWith("epoch")) {
            return epoch(FieldSource.number(node));
        }
        ZoneId at = zone.orElse(siteZone);
        String text = node.asText().strip();
        if (pattern.isEmpty()) {
            return iso(text, at);
        }
        try {
            TemporalAccessor read = pattern.get().parseBest(text, ZonedDateTime::from, LocalDateTime::from, Instant::from);
            Instant instant = read instanceof LocalDateTime local ? local.atZone(at).toInstant() : Instant.from(read);
            return OptionalLong.of(instant.toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private OptionalLong epoch(OptionalDouble number) {
        if (number.isEmpty()) {
            return OptionalLong.empty();
        }
        double n = number.getAsDouble();
        double millis = switch (format) {
            case "epoch-ms" -> n;
            case "epoch-us" -> n / 1e3;
            case "epoch-ns" -> n / 1e6;
            case "epoch" -> Math.abs(n) >= MILLIS_FROM ? n : seconds(n);
            default -> seconds(n);
        };
        return OptionalLong.of((long) Math.floor(Math.max(-FAR, Math.min(FAR, millis))));
    }

    /** What a double adds to a decimal fraction is far below a microsecond. */
    private static double seconds(double seconds) {
        return Math.rint(seconds * MICROS) / 1e3;
    }

    /** ISO 8601 as makers write it: a space for the T, an offset without its colon, or none. */
    private static OptionalLong iso(String text, ZoneId zone) {
        if (text.length() < 19) {
            return OptionalLong.empty();
        }
        String rest = text.substring(19);
        int digits = 0;
        while (rest.startsWith(".") && digits + 1 < rest.length() && Character.isDigit(rest.charAt(digits + 1))) {
            digits++;
        }
        String fraction = digits == 0 ? "" : rest.substring(0, digits + 1);
        String offset = rest.substring(fraction.length()).strip();
        if (offset.length() == 5 && (offset.charAt(0) == '+' || offset.charAt(0) == '-')) {
            offset = offset.substring(0, 3) + ":" + offset.substring(3);
        } else if (offset.length() == 3 && (offset.charAt(0) == '+' || offset.charAt(0) == '-')) {
            offset = offset + ":00";
        }
        String plain = text.substring(0, 10) + "T" + text.substring(11, 19) + fraction;
        if (!offset.isEmpty()) {
            return Timestamp.parse(plain + offset);
        }
        OptionalLong utc = Timestamp.parse(plain + "Z");
        if (utc.isEmpty()) {
            return utc;
        }
        LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(utc.getAsLong()), java.time.ZoneOffset.UTC);
        return OptionalLong.of(local.atZone(zone).toInstant().toEpochMilli());
    }
}
