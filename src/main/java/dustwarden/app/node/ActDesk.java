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
            return offer(fields(act));
        });
    }

    @Override
    public Future<Outcome> file(Filing filing) {
        return offer(filing.fields().copy().put("act", filing.kind().word()));
    }

    /** Puts an act that concerns no alarm into the journal; done once the core has decided of it. */
    Future<Outcome> put(JsonObject act) {
        return offer(act);
    }

    private Future<Outcome> offer(JsonObject act) {
        Promise<Outcome> promise = Promise.promise();
        String request = UUID.randomUUID().toString();
        String json = new JsonObject().put("request", request).mergeIn(act).encode();
        synchronized (this) {
            offered.put(request, promise);
        }
        boolean taken = inbox.test(Arrival.of(received -> new Entry.Act(received, json), BYTES + json.length()));
        if (!taken) {
            forget(request);
        }
        promise.future().onComplete(done -> forget(request));
        return taken
                ? promise.future().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                : Future.succeededFuture(new Outcome.NotNow("the journal takes nothing at present; try again"));
    }

    private synchronized void forget(String request) {
        offered.remove(request);
    }

    private static JsonObject fields(Act act) {
        JsonObject json = new JsonObject()
                .put("act", act.kind().word())
                .put("alarm", act.alarm())
                .put("person", act.person())
                .put("text", act.text());
        act.until().ifPresent(until -> json.put("until", until.toEpochMilli()));
        act.version().ifPresent(version -> json.put("version", version));
        if (!act.pictures().isEmpty()) {
            json.put("pictures", new JsonArray(act.pictures()));
        }
        return json;
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
            return Optional.of(refused(new JsonObject(text)));
        }
        if (decision.type().equals("filing")) {
            JsonObject filing = new JsonObject(text);
            filing.remove("type");
            filing.remove("offset");
            return Optional.of(new Outcome.Done(filing));
        }
        if (decision.type().equals("finding") && text.contains("\"kind\":\"spray-override\"")) {
            return Optional.of(new Outcome.Done(new JsonObject(text)));
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

    private static Outcome refused(JsonObject rejection) {
        String why = rejection.getString("detail");
        return switch (rejection.getString("reason")) {
            // It was there when it was asked for, and closed before the act came.
            case "unknown-alarm" -> new Outcome.NotNow("the alarm is closed");
            case "stale-version" -> new Outcome.Stale(why);
            case "unknown-site", "unknown-device", "unknown-unit", "unknown-rule", "unknown-waiver", "unknown-verdict" ->
                    new Outcome.NoSuchThing(why);
            case "missing-field", "out-of-range", "wrong-type", "unsupported", "too-many" -> new Outcome.Wrong(why);
            default -> new Outcome.NotNow(why);
        };
    }
}
