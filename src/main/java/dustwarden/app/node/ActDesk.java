package dustwarden.app.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import dustwarden.console.Acts;
import dustwarden.core.Entry;
import dustwarden.intake.Arrival;
import dustwarden.ledger.StoredDecision;
import dustwarden.series.AlarmJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Puts people's acts into the journal and answers each with what the core decided of it.
 *
 * <p>An act is known again among committed entries by the request id that it carries, its decision by the entry's offset.
 */
final class ActDesk implements Acts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_SECONDS = 10;
    private static final int BYTES = 1_024;

    private final Vertx vertx;
    private final Predicate<Arrival> inbox;
    private final Ask ask;
    private final Function<String, Optional<String>> alarms;
    private final Map<String, Promise<Outcome>> offered = new HashMap<>();
    private final TreeMap<Long, Promise<Outcome>> journaled = new TreeMap<>();

    /**
     * @param inbox takes an arrival, or says no
     * @param alarms an alarm as it is shown, by its id
     */
    ActDesk(Vertx vertx, Predicate<Arrival> inbox, Ask ask, Function<String, Optional<String>> alarms) {
        this.vertx = vertx;
        this.inbox = inbox;
        this.ask = ask;
        this.alarms = alarms;
    }

    @Override
    public Future<Outcome> act(Act act) {
        return ask.of(() -> alarms.apply(act.alarm())).compose(alarm -> {
            if (alarm.isEmpty()) {
                return Future.succeededFuture(new Outcome.NoSuchAlarm());
            }
            return offer(act).timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        });
    }

    private Future<Outcome> offer(Act act) {
        Promise<Outcome> promise = Promise.promise();
        String request = UUID.randomUUID().toString();
        String json = json(act, request);
        synchronized (this) {
            offered.put(request, promise);
        }
        boolean taken = inbox.test(Arrival.of(received -> new Entry.Act(received, json), BYTES + json.length()));
        if (!taken) {
            forget(request);
        }
        promise.future().onComplete(done -> forget(request));
        return taken
                ? promise.future()
                : Future.succeededFuture(new Outcome.NotNow("the journal takes nothing at present; try again"));
    }

    private synchronized void forget(String request) {
        offered.remove(request);
    }

    private static String json(Act act, String request) {
        JsonObject json = new JsonObject()
                .put("request", request)
                .put("act", act.kind().word())
                .put("alarm", act.alarm())
                .put("person", act.person())
                .put("text", act.text());
        act.until().ifPresent(until -> json.put("until", until.toEpochMilli()));
        act.version().ifPresent(version -> json.put("version", version));
        if (!act.pictures().isEmpty()) {
            json.put("pictures", new JsonArray(act.pictures()));
        }
        return json.encode();
    }

    /** An {@code EntryListener}. */
    synchronized void committed(long firstOffset, List<Entry> entries) {
        if (offered.isEmpty()) {
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Entry.Act act) {
                Promise<Outcome> promise = offered.remove(new JsonObject(act.json()).getString("request", ""));
                if (promise != null) {
                    journaled.put(firstOffset + i, promise);
                }
            }
        }
    }

    /** A {@code DecisionListener}. */
    synchronized void decided(long firstNumber, List<StoredDecision> decisions) {
        if (journaled.isEmpty()) {
            return;
        }
        for (StoredDecision decision : decisions) {
            Promise<Outcome> promise = journaled.get(decision.offset());
            if (promise == null) {
                continue;
            }
            outcome(decision).ifPresent(outcome -> {
                journaled.remove(decision.offset());
                vertx.runOnContext(now -> promise.tryComplete(outcome));
            });
        }
    }

    private static Optional<Outcome> outcome(StoredDecision decision) {
        String text = new String(decision.json(), StandardCharsets.UTF_8);
        if (decision.type().equals("rejection")) {
            JsonObject json = new JsonObject(text);
            String detail = json.getString("detail", "");
            return Optional.of(switch (json.getString("reason")) {
                case "unknown-alarm" -> new Outcome.NotNow("the alarm is closed");
                case "stale-version" -> new Outcome.Stale(detail);
                default -> new Outcome.NotNow(detail);
            });
        }
        if (!decision.type().equals("alarm")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Outcome.Done(new JsonObject(AlarmJson.alarm(JSON.readTree(decision.json())).toString())));
        } catch (IOException e) {
            throw new UncheckedIOException("a decision of our own is JSON", e);
        }
    }
}
