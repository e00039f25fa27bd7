package dustwarden.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.DecisionJson;
import dustwarden.core.Taken;
import dustwarden.core.model.Observation;
import dustwarden.series.AlarmJson;
import dustwarden.series.Json;
import dustwarden.series.LogBatch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Tells whoever listens what just became visible in the store: verdicts of items, transitions of alarms, readings.
 *
 * <p>Follows the embedded series, so that a page that reads the lists at an event finds what the event said. Nothing is kept.
 */
public final class LiveFeed implements Consumer<LogBatch> {
    private static final int READINGS_A_BATCH_MAX = 500;

    /** Must return at once; called on the view's thread. */
    public interface Listener {
        /** @param item a checklist item with {@code site} and {@code at}, as JSON */
        void verdict(String site, String item);

        /**
         * @param place a site, or {@code region/NODE}
         * @param alarm the alarm with {@code transition}, as JSON
         */
        void alarm(String place, String alarm);

        /** @param reading {@code site}, {@code device}, {@code ts}, {@code values}, as JSON */
        void reading(String site, String reading);
    }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final BooleanSupplier wanted;

    /** @param wanted whether anybody looks; when not, nothing is made */
    public LiveFeed(BooleanSupplier wanted) {
        this.wanted = wanted;
    }

    public void add(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void accept(LogBatch batch) {
        if (listeners.isEmpty() || !wanted.getAsBoolean()) {
            return;
        }
        for (LogBatch.Decided decided : batch.decisions()) {
            if (decided.is("alarm")) {
                String alarm = AlarmJson.transition(decided.json()).toString();
                String place = AlarmJson.place(decided.json());
                listeners.forEach(l -> l.alarm(place, alarm));
            } else if (decided.is("verdict")) {
                verdict(decided);
            }
        }
        int told = 0;
        for (LogBatch.Step step : batch.steps()) {
            for (Taken taken : step.taken()) {
                if (taken.observation() instanceof Observation.Reading reading && told++ < READINGS_A_BATCH_MAX) {
                    String json = reading(reading, taken);
                    listeners.forEach(l -> l.reading(reading.site(), json));
                }
            }
        }
    }

    private void verdict(LogBatch.Decided decided) {
        JsonNode json = decided.json();
        if (json.has("rule") || json.path("final").asBoolean()) {
            return;
        }
        ObjectNode item = Json.object();
        for (String name : List.of("site", "at", "item", "state", "low", "high", "capture", "from", "to", "reasons")) {
            if (json.has(name)) {
                item.set(name, json.get(name));
            }
        }
        String text = item.toString();
        listeners.forEach(l -> l.verdict(decided.site(), text));
    }

    private static String reading(Observation.Reading reading, Taken taken) {
        ObjectNode json = Json.object();
        json.put("site", reading.site());
        json.put("device", reading.device());
        json.put("ts", DecisionJson.time(reading.ts(), taken.site().orElseThrow().zone()));
        ObjectNode values = json.putObject("values");
        reading.values().forEach((quantity, value) -> values.put(quantity.wire(), value.number()));
        return json.toString();
    }
}
