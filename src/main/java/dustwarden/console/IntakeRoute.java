package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** Observations over HTTP: the bytes go in as they came, the answer says what became of them. */
final class IntakeRoute {
    private static final Map<String, Integer> STATUS_BY_REASON = Map.of(
            "unknown-site", 404,
            "unknown-device", 404,
            "wrong-topic", 404,
            "conflict", 409,
            "too-large", 413);

    private final Intake intake;
    private final Logins logins;

    IntakeRoute(Intake intake, Logins logins) {
        this.intake = intake;
        this.logins = logins;
    }

    void mount(Answers answers) {
        // What is no JSON is refused by name and kept in the journal, not turned away at the door.
        answers.builder().getRoute("postObservations").setDoValidation(false);
        answers.raw("postObservations", this::take);
    }

    private Future<?> take(Arguments asked) {
        RoutingContext context = asked.context();
        String site = context.pathParam("site");
        String device = context.pathParam("device");
        Buffer body = Optional.ofNullable(context.body().buffer()).orElseGet(Buffer::buffer);
        return allowed(asked, site, device)
                .compose(yes -> intake.accept(site, device, context.pathParam("stream"), body))
                .compose(receipt -> answer(context, receipt));
    }

    private Future<Void> allowed(Arguments asked, String site, String device) {
        Account account = asked.login().account();
        if (account.role() == Role.ADMINISTRATOR) {
            return Future.succeededFuture();
        }
        if (account != Account.NOBODY) {
            return Future.failedFuture(asked.sight().sees(site)
                    ? new Problem(403, "a " + account.role().word() + " sends no observations; devices and administrators do")
                    : Problem.notFound("site", site));
        }
        Optional<Logins.DeviceLogin> login = logins.device(asked.context().request());
        if (login.isEmpty()) {
            return Future.failedFuture(new Problem(401, "log in with a token, or as the device by Basic"));
        }
        if (!login.get().path().equals(site + "/" + device)) {
            return Future.failedFuture(new Problem(403, "a device may publish under its own path only"));
        }
        return intake.permits(site, device, login.get().secret())
                .compose(right -> right
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Problem(401, "no such device login")));
    }

    private static Future<Void> answer(RoutingContext context, Intake.Receipt receipt) {
        JsonArray refusals = new JsonArray();
        receipt.refusals().forEach(refusal -> refusals.add(new JsonObject()
                .put("index", refusal.index())
                .put("reason", refusal.reason())
                .put("detail", refusal.detail())));
        if (receipt.accepted() == 0 && !receipt.refusals().isEmpty()) {
            Intake.Refusal first = receipt.refusals().get(0);
            int status = STATUS_BY_REASON.getOrDefault(first.reason(), 400);
            JsonObject extra = new JsonObject().put("reason", first.reason()).put("rejections", refusals);
            return Future.failedFuture(new Problem(status, first.detail(), extra));
        }
        JsonObject json = new JsonObject().put("accepted", receipt.accepted());
        if (!refusals.isEmpty()) {
            json.put("rejections", refusals);
        }
        Answers.send(context, 202, json);
        return Future.succeededFuture();
    }
}
