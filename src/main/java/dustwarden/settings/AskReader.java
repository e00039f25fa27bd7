package dustwarden.settings;

import dustwarden.core.model.Fields;
import dustwarden.settings.Settings.Ask;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads {@code hj212.ask}: the intervals that the standard allows, and no others. */
final class AskReader {
    private static final Set<Long> MINUTES = Set.of(1L, 2L, 3L, 4L, 5L, 6L, 10L, 12L, 15L, 20L, 30L);
    private static final long TIMEOUT_MS_MAX = 99_000;
    private static final int RESENDS_MAX = 99;

    private AskReader() {}

    static Ask read(Fields hj212) {
        Fields fields = hj212.child("ask");
        Ask ask = new Ask(
                span(fields, "clock", ms -> ms >= 60_000, "a time of a minute or more, such as PT24H"),
                span(fields, "realtime", ms -> ms >= 30_000 && ms <= 3_600_000 && ms % 1_000 == 0, "30 s to 1 h, such as PT1M"),
                span(fields, "minute", ms -> ms % 60_000 == 0 && MINUTES.contains(ms / 60_000),
                        "1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30 minutes, such as PT10M"),
                fields.flag("history", false),
                span(fields, "timeout", ms -> ms >= 1_000 && ms <= TIMEOUT_MS_MAX, "1 to 99 seconds, such as PT10S")
                        .orElse(Duration.ofSeconds(10)),
                resends(fields));
        fields.done();
        return ask;
    }

    private static Optional<Duration> span(Fields fields, String key, Predicate<Long> fits, String wanted) {
        Optional<Long> ms = fields.optionalDuration(key);
        ms.filter(fits.negate()).ifPresent(wrong -> fields.problem(key, "wants " + wanted));
        return ms.filter(fits).map(Duration::ofMillis);
    }

    private static int resends(Fields fields) {
        double resends = fields.optionalNumber("resends").orElse(3);
        if (resends != Math.rint(resends) || resends < 0 || resends > RESENDS_MAX) {
            fields.problem("resends", "wants 0 to " + RESENDS_MAX);
            return 3;
        }
        return (int) resends;
    }
}
