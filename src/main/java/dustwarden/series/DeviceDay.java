package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.decode.Clock;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import dustwarden.series.Schema.Measurement;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one device kept its word on the local day in hand.
 *
 * <p>It is online from each word on for as long as a report of it counts; {@code offline} ends that at once.
 */
final class DeviceDay {
    private static final long LATE_MS = 600_000;

    private final Clock clock = new Clock();
    private String grade = Clock.Grade.UNKNOWN.wire();
    private long heard = Long.MIN_VALUE;
    private long countedTo;
    private long onlineMs;
    private long watchedMs;
    private OptionalDouble lag = OptionalDouble.empty();
    private double lagMax;
    private long reports;
    private long late;
    private long rejections;
    private long findings;

    /** @param from epoch ms; nothing is counted before */
    DeviceDay(long from) {
        this.countedTo = from;
    }

    void hear(Observation observation, long received, long validityMs) {
        count(received, validityMs);
        if (observation instanceof Observation.Status status) {
            heard = status.online() ? received : Long.MIN_VALUE;
            return;
        }
        heard = received;
        if (observation instanceof Observation.Heard) {
            return;
        }
        reports++;
        if (!observation.isDated()) {
            return;
        }
        double seconds = (received - observation.ts()) / 1000.0;
        lag = OptionalDouble.of(seconds);
        lagMax = Math.max(lagMax, seconds);
        late += received - observation.ts() > LATE_MS ? 1 : 0;
        clock.heard(observation.ts(), received).ifPresent(g -> grade = g.wire());
    }

    void rejected(boolean forItsTime) {
        rejections++;
        if (forItsTime) {
            clock.refused().ifPresent(g -> grade = g.wire());
        }
    }

    void found() {
        findings++;
    }

    /** Adds the time up to an instant. */
    void count(long to, long validityMs) {
        if (to <= countedTo) {
            return;
        }
        if (heard != Long.MIN_VALUE) {
            onlineMs += Math.max(0, Math.min(to, heard + validityMs) - Math.max(countedTo, heard));
        }
        watchedMs += to - countedTo;
        countedTo = to;
    }

    /** Leaves the time up to an instant out, since nobody listened. */
    void skip(long to) {
        countedTo = Math.max(countedTo, to);
    }

    boolean online(long now, long validityMs) {
        return heard != Long.MIN_VALUE && now < heard + validityMs;
    }

    void nextDay() {
        onlineMs = 0;
        watchedMs = 0;
        lagMax = 0;
        reports = 0;
        late = 0;
        rejections = 0;
        findings = 0;
    }

    Optional<InfluxLine> line(Site site, Device device, LocalDate day, long dayStart, long now) {
        InfluxLine.Builder line = InfluxLine.of(Measurement.DEVICE_DAY)
                .tag(Schema.REGION, site.region())
                .tag(Schema.SITE, site.id())
                .tag(Schema.DEVICE, device.id())
                .field(Schema.KIND, device.kind().wire())
                .field(Schema.CLOCK, grade)
                .field(Schema.ONLINE, online(now, device.validityMs()) ? 1 : 0)
                .field(Schema.LAG, lag)
                .field(Schema.REPORTS, reports)
                .field(Schema.LATE, late)
                .field(Schema.REJECTIONS, rejections)
                .field(Schema.FINDINGS, findings);
        if (reports > 0) {
            line.field(Schema.LAG_MAX, lagMax);
        }
        if (watchedMs > 0) {
            line.field(Schema.ONLINE_SHARE, (double) onlineMs / watchedMs);
        }
        // A year after the last calibration, where no certificate says until when: JJG 846.
        device.verifiedUntil()
                .or(() -> device.calibrated().map(c -> c.plusYears(1)))
                .ifPresent(due -> line.field(Schema.CALIBRATION_DUE, (double) ChronoUnit.DAYS.between(day, due)));
        return line.at(dayStart, 0);
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("grade", grade)
                .put("counted", countedTo)
                .put("online", onlineMs)
                .put("watched", watchedMs)
                .put("lagMax", lagMax)
                .put("reports", reports)
                .put("late", late)
                .put("rejections", rejections)
                .put("findings", findings);
        if (heard != Long.MIN_VALUE) {
            json.put("heard", heard);
        }
        lag.ifPresent(l -> json.put("lag", l));
        return json;
    }

    static DeviceDay of(JsonNode json) {
        DeviceDay day = new DeviceDay(json.path("counted").asLong());
        day.grade = json.path("grade").asText();
        day.heard = json.has("heard") ? json.get("heard").asLong() : Long.MIN_VALUE;
        day.onlineMs = json.path("online").asLong();
        day.watchedMs = json.path("watched").asLong();
        day.lag = json.has("lag") ? OptionalDouble.of(json.get("lag").asDouble()) : OptionalDouble.empty();
        day.lagMax = json.path("lagMax").asDouble();
        day.reports = json.path("reports").asLong();
        day.late = json.path("late").asLong();
        day.rejections = json.path("rejections").asLong();
        day.findings = json.path("findings").asLong();
        return day;
    }
}
