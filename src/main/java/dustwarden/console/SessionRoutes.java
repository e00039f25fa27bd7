package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The operations of a browser's login. */
final class SessionRoutes {
    private final Logins logins;

    SessionRoutes(Logins logins) {
        this.logins = logins;
    }

    void mount(Answers answers) {
        answers.json("getSession", asked -> Future.succeededFuture(said(asked.context())));
        answers.json("openSession", this::open);
        answers.raw("closeSession", this::close);
    }

    private JsonObject said(RoutingContext context) {
        JsonObject json = new JsonObject().put("role", "administrator");
        logins.of(context.request())
                .flatMap(Logins.Login::until)
                .ifPresent(until -> json.put("until", until.toString()));
        return json;
    }

    private Future<JsonObject> open(Arguments asked) {
        JsonObject body = asked.context().body().asJsonObject();
        String token = body.getString("token");
        String ticket = body.getString("ticket");
        if (token == null && ticket == null) {
            throw new Problem(400, "token or ticket is missing");
        }
        if (!(token != null ? logins.isToken(token) : logins.redeem(ticket))) {
            throw new Problem(401, token != null ? "the token is wrong" : "the ticket is used up or over");
        }
        asked.context().response().putHeader("Set-Cookie", logins.open(asked.context().request().isSSL()));
        return Future.succeededFuture(new JsonObject().put("role", "administrator"));
    }

    private Future<?> close(RoutingContext context) {
        context.response().putHeader("Set-Cookie", logins.close(context.request().isSSL()));
        return context.response().setStatusCode(204).end();
    }
}
