package dustwarden.console;

import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the arguments of one request and knows who asks; what is wrong is a 400 that names the argument. */
record Arguments(RoutingContext context, ZoneId zone, Logins.Login login, Supplier<Sight> sights) {

    /** Which sites the login sees. */
    Sight sight() {
        return sights.get();
    }

    String path(String name) {
        return context.pathParam(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(context.request().getParam(name)).filter(value -> !value.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new Problem(400, name + " is missing"));
    }

    PageRequest page() {
        return new PageRequest(limit(PageRequest.LIMIT_DEFAULT), text("cursor"));
    }

    int limit(int otherwise) {
        return text("limit").map(Arguments::limitOf).orElse(otherwise);
    }

    private static int limitOf(String value) {
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= PageRequest.LIMIT_MAX) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below, in the same words
        }
        throw new Problem(400, "limit must be a whole number from 1 to " + PageRequest.LIMIT_MAX + ", was " + value);
    }

    Optional<Instant> time(String name) {
        return text(name).map(value -> timeOf(name, value, zone));
    }

    Optional<LocalDate> day(String name) {
        return text(name).map(value -> dayOf(name, value));
    }

    /** RFC 3339 with offset (a plus that came as a blank too), a local date, or epoch milliseconds. */
    static Instant timeOf(String name, String value, ZoneId zone) {
        try {
            if (value.matches("-?\\d{1,15}")) {
                return Instant.ofEpochMilli(Long.parseLong(value));
            }
            if (value.length() == 10) {
                return LocalDate.parse(value).atStartOfDay(zone).toInstant();
            }
            return OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw new Problem(
                    400, name + " must be a time with offset such as 2026-03-14T09:00:00+08:00, was " + value);
        }
    }

    private static LocalDate dayOf(String name, String value) {
        try {
            return LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw new Problem(400, name + " must be a date such as 2026-03-14, was " + value);
        }
    }
}
