package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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
                new Alarms.Filter(asked.text("site"), asked.text("state"), asked.text("item"), asked.sight()), asked.page()));
        answers.json("getAlarm", this::one);
        answers.json("getAlarmFigures", asked -> alarms.figures(new Alarms.Span(
                asked.text("site"), asked.text("region"), asked.time("from"), asked.time("to"), asked.sight())));
        answers.page("listNotices", asked -> alarms.notices(
                asked.text("alarm"), asked.text("fate"), asked.sight(), asked.page()));
        answers.raw("getEvidence", this::evidence);
        for (Acts.Kind kind : Acts.Kind.values()) {
            answers.json(kind.word() + "Alarm", asked -> act(kind, asked));
        }
    }

    private Future<JsonObject> one(Arguments asked) {
        Future<JsonObject> alarm = Answers.found(views.alarms().one(asked.path("id")), "alarm", asked.path("id"));
        return alarm.onSuccess(json -> tag(asked, json));
    }

    /** The version as an entity tag, so that an act can name what its person saw. */
    private static void tag(Arguments asked, JsonObject alarm) {
        if (alarm.containsKey("version")) {
            asked.context().response().putHeader("ETag", "\"" + alarm.getValue("version") + "\"");
        }
    }

    private Future<?> evidence(Arguments asked) {
        String id = asked.path("id");
        Future<Buffer> bundle = Answers.found(views.alarms().evidence(id), "alarm", id);
        return bundle.onSuccess(zip -> asked.context().response()
                .putHeader("Content-Type", "application/zip")
                .putHeader("Content-Disposition", "attachment; filename=\"evidence-" + id + ".zip\"")
                .end(zip));
    }

    private Future<JsonObject> act(Acts.Kind kind, Arguments asked) {
        Account account = asked.login().account();
        if (!account.role().may(kind)) {
            throw new Problem(403, "a " + account.role().word() + " may not " + kind.word() + " an alarm");
        }
        JsonObject body = asked.context().body().asJsonObject();
        Optional<Long> tagged = Optional.ofNullable(asked.context().request().getHeader("If-Match")).flatMap(AlarmRoutes::tagged);
        Acts.Act act = new Acts.Act(
                kind,
                asked.path("id"),
                person(account, body),
                body.getString("text"),
                until(body, asked),
                pictures(body),
                tagged.map(OptionalLong::of).orElseGet(() -> version(body)));
        return (kind == Acts.Kind.VERIFY ? bySomebodyElse(act) : Future.succeededFuture(act))
                .compose(checked -> views.acts().act(checked))
                .compose(outcome -> answer(outcome, act.alarm(), tagged.isPresent()))
                .onSuccess(alarm -> tag(asked, alarm));
    }

    /** An account acts in its own name, whatever the body says; a script with the token names the person. */
    static String person(Account account, JsonObject body) {
        if (account.isNamed()) {
            return account.label();
        }
        return Optional.ofNullable(body.getString("person"))
                .map(String::strip)
                .orElseThrow(() -> new Problem(400, "person is missing: the token does not say who acts"));
    }

    /** Who said that it is mended does not verify it; the version that was looked at holds the act to what was seen. */
    private Future<Acts.Act> bySomebodyElse(Acts.Act act) {
        return Answers.found(views.alarms().one(act.alarm()), "alarm", act.alarm()).map(alarm -> {
            Optional<String> mender = alarm.getJsonArray("history", new JsonArray()).stream()
                    .map(JsonObject.class::cast)
                    .filter(step -> "rectified".equals(step.getString("transition")) && step.containsKey("person"))
                    .reduce((earlier, later) -> later)
                    .map(step -> step.getString("person"));
            if (mender.equals(Optional.of(act.person()))) {
                throw new Problem(409, "who reported it as mended cannot verify it; somebody else has to look");
            }
            Long seen = alarm.getLong("version");
            return act.version().isPresent() || seen == null ? act : act.atVersion(seen);
        });
    }

    private static Future<JsonObject> answer(Acts.Outcome outcome, String id, boolean tagged) {
        if (outcome instanceof Acts.Outcome.Done done) {
            return Future.succeededFuture(done.alarm());
        }
        if (outcome instanceof Acts.Outcome.Stale stale) {
            return Future.failedFuture(new Problem(tagged ? 412 : 409, stale.why()));
        }
        return Future.failedFuture(outcome instanceof Acts.Outcome.NoSuchAlarm ? Problem.notFound("alarm", id) : refused(outcome));
    }

    /** What an act is refused with, whatever it is about. */
    static Problem refused(Acts.Outcome outcome) {
        if (outcome instanceof Acts.Outcome.NotNow refused) {
            return new Problem(409, refused.why());
        }
        if (outcome instanceof Acts.Outcome.Wrong wrong) {
            return new Problem(400, wrong.why());
        }
        return outcome instanceof Acts.Outcome.NoSuchThing missing
                ? new Problem(404, missing.why())
                : new Problem(409, "the act is not possible now");
    }

    /** The version of an {@code If-Match}; any other tag than one that we gave matches no alarm. */
    private static Optional<Long> tagged(String header) {
        String tag = header.strip();
        if (tag.equals("*")) {
            return Optional.empty();
        }
        boolean ours = tag.matches("\"\\d{1,18}\"");
        return Optional.of(ours ? Long.parseLong(tag.substring(1, tag.length() - 1)) : Long.MAX_VALUE);
    }

    private static Optional<Instant> until(JsonObject body, Arguments asked) {
        return Optional.ofNullable(body.getString("until"))
                .map(text -> Arguments.timeOf("until", text, asked.zone()));
    }

    static List<String> pictures(JsonObject body) {
        return body.getJsonArray("pictures", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
    }

    private static OptionalLong version(JsonObject body) {
        Long version = body.getLong("version");
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }
}
