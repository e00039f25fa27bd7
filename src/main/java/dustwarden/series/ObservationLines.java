package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Taken;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Device;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import dustwarden.series.Schema.Measurement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes InfluxDB lines of what devices said.
 *
 * <p>What is unknown is left out, never a number. Of a reading only normal values are written, since the measurement has
 * no flags. A device that speaks has a point of its own at most once a minute.
 */
final class ObservationLines {
    private static final long MINUTE_MS = 60_000;
    private static final long SILENT = -1;

    /** The minute of the last point of a device. */
    private final Map<String, Long> told = new HashMap<>();

    /** Forgets what was told, as a restart does: a device may then have two points in a minute, both true. */
    void back() {
        told.clear();
    }

    /** The next word of this device is told whatever the minute. */
    void silent(String site, String device) {
        told.put(site + "/" + device, SILENT);
    }

    void make(LogBatch.Step step, List<JsonNode> alarms, Consumer<InfluxLine> out) {
        long place = step.entry().offset();
        for (Taken taken : step.taken()) {
            if (taken.site().isPresent() && taken.device().isPresent()) {
                point(step, taken, alarms, place).ifPresent(out);
                device(step, taken, place).ifPresent(out);
            }
            // Two passages of one message and millisecond stay two.
            place++;
        }
    }

    private static Optional<InfluxLine> point(LogBatch.Step step, Taken taken, List<JsonNode> alarms, long place) {
        Observation observation = taken.observation();
        if (observation instanceof Observation.Reading reading) {
            InfluxLine.Builder line = start(Measurement.READING, taken).tag(Schema.DEVICE, reading.device());
            reading.values().forEach((quantity, value) -> {
                if (value.flag() == Flag.N) {
                    line.field(quantity.wire(), value.number());
                }
            });
            return line.at(reading.ts(), 0);
        }
        if (observation instanceof Observation.Passage passage) {
            return passage(step, taken, passage, alarms).at(passage.ts(), place);
        }
        if (observation instanceof Observation.UnitReport report) {
            return start(Measurement.UNIT, taken)
                    .tag(Schema.UNIT, report.unit())
                    .field(Schema.GOOD, report.good() ? 1 : 0)
                    .field(Schema.SHARE, report.share())
                    .at(report.ts(), place);
        }
        if (observation instanceof Observation.Camera camera) {
            InfluxLine.Builder line = start(Measurement.CAMERA, taken)
                    .tag(Schema.DEVICE, camera.device())
                    .field(Schema.ONLINE, camera.online() ? 1 : 0);
            claim(line, Schema.RECORDING, camera.recording());
            claim(line, Schema.BLOCKED, camera.blocked());
            claim(line, Schema.MOVED, camera.moved());
            return line.at(camera.ts(), place);
        }
        if (observation instanceof Observation.Spray spray) {
            return start(Measurement.SPRAY, taken)
                    .tag(Schema.DEVICE, spray.device())
                    .field(Schema.ON, spray.on() ? 1 : 0)
                    .field(Schema.FLOW, spray.flow())
                    .at(spray.ts(), place);
        }
        if (observation instanceof Observation.Running running) {
            return start(Measurement.ACTIVITY, taken)
                    .tag(Schema.DEVICE, running.device())
                    .tag(Schema.ACTIVITY, running.activity().wire())
                    .field(Schema.RUNNING, running.running() ? 1 : 0)
                    .at(running.ts(), place);
        }
        return Optional.empty();
    }

    private static InfluxLine.Builder passage(
            LogBatch.Step step, Taken taken, Observation.Passage passage, List<JsonNode> alarms) {
        InfluxLine.Builder line = start(Measurement.PASSAGE, taken)
                .tag(Schema.GATE, taken.device().flatMap(Device::gate).orElse(""));
        PassageOutcome outcome = new PassageOutcome(step.content(), taken.site().orElseThrow(), alarms);
        switch (outcome.washing(passage)) {
            case PASSED -> line.field(Schema.WASHED, 1);
            case FAILED -> line.field(Schema.WASHED, 0);
            default -> {
                // Not known, or nothing was asked of it.
            }
        }
        claim(line, Schema.COVERED, passage.covered());
        claim(line, Schema.LOADED, passage.loaded());
        return line;
    }

    private Optional<InfluxLine> device(LogBatch.Step step, Taken taken, long place) {
        Observation observation = taken.observation();
        String key = observation.site() + "/" + observation.device();
        long minute = Math.floorDiv(step.received(), MINUTE_MS);
        if (observation instanceof Observation.Status status) {
            told.put(key, status.online() ? minute : SILENT);
            return device(taken).field(Schema.ONLINE, status.online() ? 1 : 0).at(step.received(), place);
        }
        Long last = told.put(key, minute);
        if (last != null && last == minute) {
            return Optional.empty();
        }
        InfluxLine.Builder line = device(taken).field(Schema.ONLINE, 1);
        if (observation.isDated()) {
            line.field(Schema.LAG, (step.received() - observation.ts()) / 1000.0);
        }
        return line.at(step.received(), place);
    }

    private static InfluxLine.Builder device(Taken taken) {
        return start(Measurement.DEVICE, taken).tag(Schema.DEVICE, taken.observation().device());
    }

    private static void claim(InfluxLine.Builder line, String field, Claim claim) {
        if (claim != Claim.UNKNOWN) {
            line.field(field, claim == Claim.YES ? 1 : 0);
        }
    }

    private static InfluxLine.Builder start(Measurement measurement, Taken taken) {
        Site site = taken.site().orElseThrow();
        return InfluxLine.of(measurement).tag(Schema.REGION, site.region()).tag(Schema.SITE, site.id());
    }
}
