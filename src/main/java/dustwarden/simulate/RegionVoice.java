package dustwarden.simulate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A region's office: the mean of every clock hour, once, some time after its end, and each day's orders. */
final class RegionVoice implements Voice {

    private final RegionScript script;
    private final String path;

    RegionVoice(RegionScript script) {
        this.script = script;
        this.path = "dust/v1/region/" + script.node() + "/";
    }

    @Override
    public void between(Instant from, Instant to, UnaryOperator<Instant> stamp, Consumer<Publication> out) {
        script.background().ifPresent(background -> hours(background, from, to, stamp, out));
        LocalDate last = to.atZone(script.zone()).toLocalDate();
        for (LocalDate day = from.atZone(script.zone()).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            for (RegionScript.Order order : script.orders()) {
                Instant at = day.atTime(order.announced()).atZone(script.zone()).toInstant();
                if (!at.isBefore(from) && at.isBefore(to)) {
                    out.accept(new Publication(at, path + "order", order(order, day, stamp), false));
                }
            }
        }
    }

    @Override
    public void opening(Instant at, UnaryOperator<Instant> stamp, Consumer<Publication> out) {
    }

    private void hours(
            RegionScript.Background background, Instant from, Instant to, UnaryOperator<Instant> stamp,
            Consumer<Publication> out) {
        ZonedDateTime end = from.minus(background.delay()).atZone(script.zone()).truncatedTo(ChronoUnit.HOURS);
        for (; end.plus(background.delay()).toInstant().isBefore(to); end = end.plusHours(1)) {
            Instant at = end.plus(background.delay()).toInstant();
            Instant start = stampedHour(end, stamp);
            boolean told = start.equals(stampedHour(end.minusHours(1), stamp));
            if (!at.isBefore(from) && !told) {
                out.accept(new Publication(at, path + "background",
                        background(background, start, end.minusHours(1).toLocalDateTime()), false));
            }
        }
    }

    /** The start of the last whole hour before the true time that the end of a schedule's hour stands for. */
    private Instant stampedHour(ZonedDateTime end, UnaryOperator<Instant> stamp) {
        return stamp.apply(end.toInstant()).atZone(script.zone())
                .truncatedTo(ChronoUnit.HOURS).minusHours(1).toInstant();
    }

    private byte[] background(RegionScript.Background background, Instant start, LocalDateTime recorded) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ts", Words.time(start, script.zone()));
        body.put("period", Duration.ofHours(1).toString());
        body.put("values", Map.of("pm10",
                BigDecimal.valueOf(background.pm10().hour(recorded)).setScale(1, RoundingMode.HALF_UP)));
        return Words.json(body);
    }

    private byte[] order(RegionScript.Order order, LocalDate day, UnaryOperator<Instant> stamp) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", order.id() + "-" + DateTimeFormatter.BASIC_ISO_DATE.format(day));
        body.put("kind", order.kind());
        body.put("grade", order.grade());
        body.put("from", Words.time(instant(day, order.span().from(), stamp), script.zone()));
        body.put("to", Words.time(instant(day, order.span().to(), stamp), script.zone()));
        body.put("bans", order.bans());
        return Words.json(body);
    }

    private Instant instant(LocalDate day, java.time.LocalTime time, UnaryOperator<Instant> stamp) {
        return stamp.apply(day.atTime(time).atZone(script.zone()).toInstant());
    }
}
