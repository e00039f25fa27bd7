package dustwarden.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.alarm.Terms;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * From when on the trouble of many is one alarm: of a region, or of a site whose devices fell silent together. Settings may
 * say otherwise than {@link #DEFAULT}; they judge, so they stand in the journal.
 *
 * @param sitesMin fewer sites are no region
 * @param share of the sites that must be in trouble, 0 to 1
 * @param left share of the sites at or below which it is over
 * @param silentWithinMs within what time they fell silent
 * @param dustWithinMs within what time they raised an alarm of particulates
 * @param backgroundAwaitedMs how long after it was due a background is awaited
 * @param acknowledgeWithinMs deadline of a region's alarm; empty: as its priority has it
 * @param rectifyWithinMs likewise
 * @param devicesMin fewer devices that were ever heard are told of one by one
 */
public record CommonCause(
        int sitesMin,
        double share,
        double left,
        long silentWithinMs,
        long dustWithinMs,
        long backgroundAwaitedMs,
        OptionalLong acknowledgeWithinMs,
        OptionalLong rectifyWithinMs,
        int devicesMin) {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    public static final CommonCause DEFAULT = new CommonCause(
            5, 0.5, 0.25, 30 * MINUTE, 2 * HOUR, 3 * HOUR, OptionalLong.empty(), OptionalLong.empty(), 4);

    public CommonCause {
        if (sitesMin < 2 || devicesMin < 2 || !(share > 0 && share <= 1) || !(left >= 0 && left < share)) {
            throw new IllegalArgumentException("many are two at least, and what is over is less than what began");
        }
    }

    /** Reads what the settings that judge say under {@code alarms}, checked before it was journaled. */
    public static CommonCause read(JsonNode settings) {
        JsonNode alarms = settings.path("alarms");
        JsonNode region = alarms.path("region");
        CommonCause d = DEFAULT;
        return new CommonCause(
                region.path("sites").asInt(d.sitesMin), region.path("share").asDouble(d.share), region.path("left").asDouble(d.left),
                span(region, "silentWithin").orElse(d.silentWithinMs), span(region, "dustWithin").orElse(d.dustWithinMs),
                span(region, "backgroundAwaited").orElse(d.backgroundAwaitedMs),
                span(region, "acknowledgeWithin"), span(region, "rectifyWithin"),
                alarms.path("site").path("devices").asInt(d.devicesMin));
    }

    /** Writes into settings that judge what is otherwise than {@link #DEFAULT}, so that what says nothing keeps its hash. */
    public void write(ObjectNode settings) {
        if (equals(DEFAULT)) {
            return;
        }
        ObjectNode alarms = settings.putObject("alarms");
        ObjectNode region = alarms.putObject("region");
        region.put("sites", sitesMin).put("share", share).put("left", left)
                .put("silentWithin", Duration.ofMillis(silentWithinMs).toString())
                .put("dustWithin", Duration.ofMillis(dustWithinMs).toString())
                .put("backgroundAwaited", Duration.ofMillis(backgroundAwaitedMs).toString());
        acknowledgeWithinMs.ifPresent(ms -> region.put("acknowledgeWithin", Duration.ofMillis(ms).toString()));
        rectifyWithinMs.ifPresent(ms -> region.put("rectifyWithin", Duration.ofMillis(ms).toString()));
        alarms.putObject("site").put("devices", devicesMin);
    }

    private static OptionalLong span(JsonNode from, String key) {
        return from.hasNonNull(key) ? OptionalLong.of(Duration.parse(from.get(key).asText()).toMillis()) : OptionalLong.empty();
    }

    /** A region's terms with the deadlines that the settings give. */
    Terms with(Terms terms) {
        return new Terms(terms.rule(), terms.item(), terms.priority(), terms.onDelayMs(), terms.offDelayMs(), terms.noticeDelayMs(),
                acknowledgeWithinMs.orElse(terms.acknowledgeWithinMs()), rectifyWithinMs.orElse(terms.rectifyWithinMs()));
    }
}
