package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.Taken;
import dustwarden.core.judge.State;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import dustwarden.series.Schema.Measurement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Makes InfluxDB lines of batches that come in order, the same for the same batches.
 *
 * <p>A mean stands at the start of its period, all else that was decided at the core's time. Verdicts of single rules and
 * sealed days are not written: a checklist point is what held then.
 */
final class InfluxLines {
    static final String SILENT = "device-silent";

    private final Map<String, String> regions = new HashMap<>();
    private final ObservationLines observations = new ObservationLines();
    private final InfluxFigures figures;
    private Optional<Content> seen = Optional.empty();

    InfluxLines(FigureStore store) {
        this.figures = new InfluxFigures(store);
    }

    /** Gives every line to {@code out} as it is made, so that no more than one need be held. */
    void make(LogBatch batch, Consumer<InfluxLine> out) {
        Map<Long, List<JsonNode>> alarms = new HashMap<>();
        int next = 0;
        List<LogBatch.Decided> decisions = batch.decisions();
        for (LogBatch.Step step : batch.steps()) {
            figures.step(step, out);
            learn(step.content());
            alarms.clear();
            for (; next < decisions.size() && decisions.get(next).stored().offset() <= step.entry().offset(); next++) {
                decision(decisions.get(next), alarms, out);
            }
            observations.make(step, alarms.getOrDefault(step.entry().offset(), List.of()), out);
            step.taken().forEach(taken -> figured(step, taken, out));
        }
    }

    /** Goes back to what was kept with the last cursor, whose next batch comes next. */
    void back() {
        observations.back();
        figures.back();
    }

    /** Keeps the figures in hand with a cursor. */
    void save(Cursor cursor) {
        figures.save(cursor);
    }

    private void figured(LogBatch.Step step, Taken taken, Consumer<InfluxLine> out) {
        if (taken.observation() instanceof Observation.Background background) {
            figures.background(background, out);
        } else {
            figures.heard(step, taken);
        }
    }

    /** Keeps the regions of sites that the register no longer has, whose alarms are still to be closed. */
    private void learn(Content content) {
        if (seen.isPresent() && seen.get() == content) {
            return;
        }
        seen = Optional.of(content);
        for (Site site : content.register().sites()) {
            regions.put(site.id(), site.region());
        }
    }

    private void decision(LogBatch.Decided decided, Map<Long, List<JsonNode>> alarms, Consumer<InfluxLine> out) {
        switch (decided.stored().type()) {
            case "verdict" -> {
                JsonNode verdict = decided.json();
                verdict(decided, verdict, out);
                figures.verdict(decided, verdict, out);
            }
            case "finding" -> figures.finding(decided, decided.json(), out);
            case "rejection" -> figures.rejection(decided, decided.json());
            case "mean" -> mean(decided, out);
            case "alarm" -> {
                JsonNode alarm = decided.json();
                alarms.computeIfAbsent(decided.stored().offset(), k -> new ArrayList<>()).add(alarm);
                alarm(decided, alarm, out);
                figures.alarm(decided, alarm, out);
            }
            default -> {
                // Notices have no measurement.
            }
        }
    }

    private void verdict(LogBatch.Decided decided, JsonNode verdict, Consumer<InfluxLine> out) {
        if (Json.text(verdict, "rule").isPresent() || verdict.path("final").asBoolean()) {
            return;
        }
        start(Measurement.CHECKLIST, decided)
                .tag(Schema.ITEM, verdict.path("item").asText())
                .field(Schema.STATE, state(State.valueOf(verdict.path("state").asText())))
                .field(Schema.LOW, verdict.path("low").asDouble())
                .field(Schema.HIGH, verdict.path("high").asDouble())
                .field(Schema.CAPTURE, verdict.path("capture").asDouble())
                .at(decided.at(), decided.number())
                .ifPresent(out);
    }

    static long state(State state) {
        return switch (state) {
            case NOT_APPLICABLE -> 0;
            case COMPLIANT -> 1;
            case UNKNOWN -> 2;
            case VIOLATION -> 3;
        };
    }

    private void mean(LogBatch.Decided decided, Consumer<InfluxLine> out) {
        JsonNode mean = decided.json();
        start(Measurement.MEAN, decided)
                .tag(Schema.DEVICE, mean.path("device").asText())
                .tag(Schema.QUANTITY, mean.path("quantity").asText())
                .tag(Schema.PERIOD, Duration.parse(mean.path("period").asText()).toString())
                .field(Schema.MEAN, real(mean.path("mean")))
                .field(Schema.CAPTURE, mean.path("capture").asDouble())
                .field(Schema.LIMIT, real(mean.path("limit")))
                .at(OffsetDateTime.parse(mean.path("start").asText()).toInstant().toEpochMilli(), decided.number())
                .ifPresent(out);
    }

    private void alarm(LogBatch.Decided decided, JsonNode alarm, Consumer<InfluxLine> out) {
        String transition = alarm.path("transition").asText();
        start(Measurement.ALARM, decided)
                .tag(Schema.ITEM, alarm.path("item").asText())
                .tag(Schema.PRIORITY, alarm.path("priority").asText())
                .tag(Schema.TRANSITION, transition)
                .field(Schema.ID, alarm.path("id").asText())
                .field(Schema.OPEN, alarm.path("state").asText().equals("closed") ? 0 : 1)
                .at(decided.at(), decided.number())
                .ifPresent(out);
        if (alarm.path("rule").asText().endsWith(SILENT) && transition.equals("raised")) {
            String device = alarm.path("subject").asText();
            observations.silent(decided.site(), device);
            start(Measurement.DEVICE, decided)
                    .tag(Schema.DEVICE, device)
                    .field(Schema.ONLINE, 0)
                    .at(decided.at(), decided.number())
                    .ifPresent(out);
        }
    }

    private InfluxLine.Builder start(Measurement measurement, LogBatch.Decided decided) {
        String site = decided.site();
        return InfluxLine.of(measurement).tag(Schema.REGION, regions.getOrDefault(site, "")).tag(Schema.SITE, site);
    }

    private static OptionalDouble real(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.asDouble()) : OptionalDouble.empty();
    }
}
