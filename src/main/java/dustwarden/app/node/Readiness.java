package dustwarden.app.node;

import dustwarden.console.ManagementServer;
import dustwarden.intake.JournalWriter;
import dustwarden.intake.MqttIntake;
import dustwarden.intake.WriterState;
import dustwarden.series.ViewRunner;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * Whether the node does its work: all intakes must have been started and the journal be written; a view that lags is only told.
 */
final class Readiness {
    private Readiness() {}

    /**
     * @param up every listener listens and the broker was subscribed to, or waited for long enough; what is published earlier the
     *     broker may not keep for us
     * @param contentProblems what keeps changed site files and rulebooks from being put in force
     */
    static ManagementServer.Readiness of(
            boolean up, JournalWriter writer, MqttIntake mqtt, List<ViewRunner> views, List<String> contentProblems) {
        JsonObject detail = new JsonObject();
        detail.put("started", up);
        WriterState state = writer.state();
        detail.put("journal", new JsonObject()
                .put("state", state.kind().name().toLowerCase(Locale.ROOT))
                .put("zh", state.sentence().zh())
                .put("en", state.sentence().en()));
        if (mqtt != null) {
            detail.put("mqtt", new JsonObject()
                    .put("state", mqtt.state().kind().name().toLowerCase(Locale.ROOT))
                    .put("zh", mqtt.state().sentence().zh())
                    .put("en", mqtt.state().sentence().en()));
        }
        JsonObject lags = new JsonObject();
        views.forEach(view -> lags.put(view.name(), view.lag()));
        detail.put("viewLagEntries", lags);
        JsonObject troubles = new JsonObject();
        views.forEach(view -> view.trouble().ifPresent(why -> troubles.put(view.name(), why)));
        detail.put("viewTrouble", troubles);
        detail.put("contentProblems", new JsonArray(contentProblems));
        return new ManagementServer.Readiness(up && state.kind() == WriterState.Kind.RUNNING, detail);
    }
}
