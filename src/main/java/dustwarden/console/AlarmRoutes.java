package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The operations on alarms: lists, one, what people do, evidence, notices. */
final class AlarmRoutes {
    private final ConsoleViews views;

    AlarmRoutes(ConsoleViews views) {
        this.views = views;
    }

    void mount(Answers answers) {
        Alarms alarms = views.alarms();
        answers.page("listAlarms", asked -> alarms.list(
                new Alarms.Filter(asked.text("site"), asked.text("state"), asked.text("item")), asked.page()));
        answers.json("getAlarm", asked -> Answers.found(alarms.one(asked.path("id")), "alarm", asked.path("id")));
        answers.page(
                "listNotices", asked -> alarms.notices(asked.text("alarm"), asked.text("fate"), asked.page()));
        answers.raw("getEvidence", this::evidence);
        for (Acts.Kind kind : Acts.Kind.values()) {
            answers.json(kind.word() + "Alarm", asked -> act(kind, asked));
        }
    }

    private Future<?> evidence(RoutingContext context) {
        String id = context.pathParam("id");
        Future<Buffer> bundle = Answers.found(views.alarms().evidence(id), "alarm", id);
        return bundle.onSuccess(zip -> context.response()
                .putHeader("Content-Type", "application/zip")
                .putHeader("Content-Disposition", "attachment; filename=\"evidence-" + id + ".zip\"")
                .end(zip));
    }

    private Future<JsonObject> act(Acts.Kind kind, Arguments asked) {
        JsonObject body = asked.context().body().asJsonObject();
        Acts.Act act = new Acts.Act(
                kind,
                asked.path("id"),
                body.getString("person").strip(),
                body.getString("text"),
                until(body, asked),
                pictures(body),
                version(body));
        return views.acts().act(act).compose(outcome -> answer(outcome, act.alarm()));
    }

    private static Future<JsonObject> answer(Acts.Outcome outcome, String id) {
        if (outcome instanceof Acts.Outcome.Done done) {
            return Future.succeededFuture(done.alarm());
        }
        if (outcome instanceof Acts.Outcome.NotNow refused) {
            return Future.failedFuture(new Problem(409, refused.why()));
        }
        return Future.failedFuture(Problem.notFound("alarm", id));
    }

    private static Optional<Instant> until(JsonObject body, Arguments asked) {
        return Optional.ofNullable(body.getString("until"))
                .map(text -> Arguments.timeOf("until", text, asked.zone()));
    }

    private static List<String> pictures(JsonObject body) {
        return body.getJsonArray("pictures", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
    }

    private static OptionalLong version(JsonObject body) {
        Long version = body.getLong("version");
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }
}
