package dustwarden.console;

import dustwarden.console.Acts.FilingKind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The operations on what people file of a site: outages, work faces, waivers, objections to verdicts. */
final class FilingRoutes {
    private static final List<String> TEXTS = List.of("device", "unit", "rule", "reason", "text");
    private static final List<String> TIMES = List.of("from", "to");

    private final ConsoleViews views;

    FilingRoutes(ConsoleViews views) {
        this.views = views;
    }

    void mount(Answers answers) {
        answers.page("listFilings", asked -> views.alarms().filings(
                asked.text("site"), asked.text("kind"), asked.text("about"), asked.sight(), asked.page()));
        answers.json("fileOutage", asked -> file(FilingKind.OUTAGE, asked, fields(asked)));
        answers.json("declareWorkFace", asked -> file(FilingKind.WORK_FACE, asked, fields(asked)));
        answers.json("askWaiver", asked -> file(FilingKind.WAIVE, asked, fields(asked)));
        answers.json("approveWaiver", asked -> file(FilingKind.APPROVE, asked, fields(asked).put("waiver", asked.path("id"))));
        answers.json("endWaiver", asked -> file(FilingKind.UNWAIVE, asked, fields(asked).put("waiver", asked.path("id"))));
        answers.json("objectVerdict", asked -> file(FilingKind.OBJECT, asked, fields(asked).put("verdict", asked.path("id"))));
    }

    private static JsonObject fields(Arguments asked) {
        JsonObject body = asked.context().body().asJsonObject();
        JsonObject fields = new JsonObject()
                .put("person", AlarmRoutes.person(asked.login().account(), body))
                .put("site", asked.path("site"));
        for (String key : TEXTS) {
            if (body.getString(key) != null) {
                fields.put(key, body.getString(key));
            }
        }
        for (String key : TIMES) {
            if (body.getString(key) != null) {
                fields.put(key, Arguments.timeOf(key, body.getString(key), asked.zone()).toEpochMilli());
            }
        }
        List<String> pictures = AlarmRoutes.pictures(body);
        return pictures.isEmpty() ? fields : fields.put("pictures", new JsonArray(pictures));
    }

    private Future<JsonObject> file(FilingKind kind, Arguments asked, JsonObject fields) {
        Role role = asked.login().account().role();
        if (!role.may(kind)) {
            throw new Problem(403, "a " + role.word() + " may not file this: " + kind.word());
        }
        return views.acts().file(new Acts.Filing(kind, fields)).compose(outcome -> outcome instanceof Acts.Outcome.Done done
                ? Future.succeededFuture(done.alarm())
                : Future.failedFuture(AlarmRoutes.refused(outcome)));
    }
}
