package dustwarden.app.node;

import dustwarden.core.Entry.Source;
import dustwarden.core.decode.Refusal;
import dustwarden.intake.Hj212Intake;
import dustwarden.intake.JournalWriter;
import dustwarden.ledger.StoredDecision;
import dustwarden.live.BureauClient;
import dustwarden.series.AlarmViews;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** What is counted, as Prometheus reads it; every series is there from the start. */
final class Metrics {
    private static final List<String> DECISIONS = List.of("verdict", "alarm", "mean", "rejection", "finding", "notice");
    private static final List<String> PRIORITIES = List.of("low", "medium", "high");
    private static final List<String> FATES = List.of("pending", "sent", "merged", "deferred", "failed", "fallen-back");

    /** The registry itself holds what it reads from weakly. */
    private final List<Object> held = new ArrayList<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ToleranceCounter tolerated = new ToleranceCounter(registry);

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        for (Refusal refusal : Refusal.values()) {
            rejections(refusal.wire());
        }
    }

    void journal(JournalWriter writer) {
        for (Source source : Source.values()) {
            FunctionCounter.builder("dustwarden.entries", writer, w -> w.figures().entries().getOrDefault(source, 0L))
                    .tags("source", source.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        for (String type : DECISIONS) {
            FunctionCounter.builder("dustwarden.decisions", writer, w -> w.figures().decisions().getOrDefault(type, 0L))
                    .tags("type", type)
                    .register(registry);
        }
        FunctionCounter.builder("dustwarden.commits", writer, w -> w.figures().commits()).register(registry);
        Gauge.builder("dustwarden.commit.seconds", writer, w -> w.figures().lastCommitMicros() / 1e6).register(registry);
        Gauge.builder("dustwarden.inbox.depth", writer, w -> w.figures().inboxDepth()).register(registry);
        FunctionCounter.builder("dustwarden.step.failures", writer, w -> w.figures().stepFailures()).register(registry);
    }

    /** @param count how many problems keep changed content from being put in force */
    void contentProblems(LongSupplier count) {
        Gauge.builder("dustwarden.content.problems", count, LongSupplier::getAsLong)
                .strongReference(true)
                .register(registry);
    }

    void alarms(AlarmViews alarms) {
        for (String priority : PRIORITIES) {
            Gauge.builder("dustwarden.alarms.open", alarms, a -> a.openByPriority().getOrDefault(priority, 0L))
                    .tags("priority", priority)
                    .register(registry);
        }
    }

    ToleranceCounter tolerated() {
        return tolerated;
    }

    void view(String name, LongSupplier lag) {
        Gauge.builder("dustwarden.view.lag.entries", lag, LongSupplier::getAsLong)
                .tags("view", name)
                .strongReference(true)
                .register(registry);
    }

    /** @param count how many notices of a channel have a fate */
    void notices(List<String> channels, NoticeCount count) {
        held.add(count);
        for (String channel : channels) {
            for (String fate : FATES) {
                FunctionCounter.builder("dustwarden.notices", count, c -> c.of(channel, fate))
                        .tags(Tags.of("channel", channel, "fate", fate))
                        .register(registry);
            }
        }
    }

    /** How many notices of a channel have a fate. */
    interface NoticeCount {
        long of(String channel, String fate);
    }

    /** A {@code DecisionListener}. */
    void decided(long firstNumber, List<StoredDecision> decisions) {
        for (StoredDecision decision : decisions) {
            if (decision.type().equals("rejection")) {
                String json = new String(decision.json(), StandardCharsets.UTF_8);
                rejections(new JsonObject(json).getString("reason")).increment();
            }
        }
    }

    private Counter rejections(String reason) {
        return Counter.builder("dustwarden.rejections").tags("reason", reason).register(registry);
    }

    void forward(BureauClient client) {
        held.add(client);
        Gauge.builder("dustwarden.forward.waiting", client, BureauClient::waiting).tags("bureau", client.key()).register(registry);
        Gauge.builder("dustwarden.forward.missing", client, BureauClient::missing).tags("bureau", client.key()).register(registry);
        Gauge.builder("dustwarden.forward.connected", client, c -> c.isConnected() ? 1 : 0)
                .tags("bureau", client.key())
                .register(registry);
        FunctionCounter.builder("dustwarden.forward.acknowledged", client, c -> c.counts().acknowledged())
                .tags("bureau", client.key())
                .register(registry);
        FunctionCounter.builder("dustwarden.forward.resent", client, c -> c.counts().resent())
                .tags("bureau", client.key())
                .register(registry);
    }

    void hj212(Hj212Intake intake) {
        held.add(intake);
        Gauge.builder("dustwarden.hj212.connections", intake, i -> i.counts().connections()).register(registry);
        Gauge.builder("dustwarden.hj212.unknown.mns", intake, i -> i.counts().unknown()).register(registry);
        FunctionCounter.builder("dustwarden.hj212.frames", intake, i -> i.counts().frames()).register(registry);
        FunctionCounter.builder("dustwarden.hj212.sent", intake, i -> i.counts().answered()).register(registry);
        closed(intake, "too-many", i -> i.counts().turnedAway());
        closed(intake, "rubbish", i -> i.counts().rubbish());
        closed(intake, "deaf", i -> i.counts().deaf());
        closed(intake, "slow", i -> i.counts().slow());
        for (String outcome : List.of("asked", "resent", "done", "refused", "failed", "timed-out")) {
            FunctionCounter.builder("dustwarden.hj212.requests", intake, i -> i.asked().get(outcome))
                    .tags("outcome", outcome)
                    .register(registry);
        }
    }

    private void closed(Hj212Intake intake, String why, ToDoubleFunction<Hj212Intake> count) {
        FunctionCounter.builder("dustwarden.hj212.closed", intake, count).tags("why", why).register(registry);
    }

    String scrape() {
        return registry.scrape();
    }
}
