package dustwarden.app.node;

import dustwarden.console.LiveEvent;
import dustwarden.console.LiveStream;
import dustwarden.core.DecisionJson;
import dustwarden.core.Taken;
import dustwarden.core.model.Observation;
import dustwarden.ledger.StoredDecision;
import dustwarden.series.LogBatch;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Gives the browsers what was decided, as it is committed, and readings, as they are stored. */
final class LiveFeed {
    private final LiveStream live;

    LiveFeed(LiveStream live) {
        this.live = live;
    }

    /** A {@code DecisionListener}. */
    void decisions(long firstNumber, List<StoredDecision> decisions) {
        if (live.clients() == 0) {
            return;
        }
        for (StoredDecision decision : decisions) {
            if (decision.site().isEmpty()) {
                continue;
            }
            String json = new String(decision.json(), StandardCharsets.UTF_8);
            if (decision.type().equals("verdict")) {
                live.publish(LiveEvent.verdict(decision.site().get(), json));
            } else if (decision.type().equals("alarm")) {
                live.publish(LiveEvent.alarm(decision.site().get(), json));
            }
        }
    }

    /** Told of each batch that the series view stored. */
    void readings(LogBatch batch) {
        if (live.clients() == 0) {
            return;
        }
        for (LogBatch.Step step : batch.steps()) {
            for (Taken taken : step.taken()) {
                if (taken.observation() instanceof Observation.Reading reading && taken.site().isPresent()) {
                    JsonObject values = new JsonObject();
                    reading.values().forEach((quantity, value) -> values.put(quantity.wire(), value.number()));
                    live.publish(LiveEvent.reading(reading.site(), new JsonObject()
                            .put("site", reading.site())
                            .put("device", reading.device())
                            .put("ts", DecisionJson.time(reading.ts(), taken.site().get().zone()))
                            .put("values", values)
                            .encode()));
                }
            }
        }
    }
}
