package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/**
 * Mounts operations of the contract, each behind its access: arguments in, JSON without spaces out, a failed future
 * becomes a problem.
 */
record Answers(RouterBuilder builder, ZoneId zone, ConsoleViews views) {
    private static final String LOGIN = "login";

    /** Keeps who asks with the request. */
    static void logIn(RoutingContext context, Logins.Login login) {
        context.put(LOGIN, login);
    }

    /** An operation whose answer is JSON. */
    void json(String operation, Function<Arguments, Future<JsonObject>> answer) {
        raw(operation, asked -> answer.apply(asked).onSuccess(json -> send(asked.context(), 200, json)));
    }

    /** An operation whose answer is a page of a list. */
    void page(String operation, Function<Arguments, Future<Page>> answer) {
        json(operation, arguments -> answer.apply(arguments).map(Page::json));
    }

    /** An operation that sends its own answer; only its failure is answered here. */
    void raw(String operation, Function<Arguments, Future<?>> answer) {
        OpenAPIRoute route = builder.getRoute(operation);
        Access access = Access.of(operation, route.getOperation().getOpenAPIModel().getValue("x-access"));
        route.addHandler(context -> {
            try {
                Arguments asked = arguments(context);
                allowed(access, asked).compose(yes -> answer.apply(asked)).onFailure(context::fail);
            } catch (Problem | IllegalArgumentException e) {
                context.fail(e);
            }
        });
    }

    private Arguments arguments(RoutingContext context) {
        Logins.Login login = Optional.<Logins.Login>ofNullable(context.get(LOGIN))
                .orElseGet(() -> new Logins.Login(Account.NOBODY, Optional.empty()));
        return new Arguments(context, zone, login, () -> Sight.of(login.account(), views.register().get()));
    }

    private Future<Void> allowed(Access access, Arguments asked) {
        return switch (access) {
            case ANYBODY, LOGIN, SIGHT, DEVICE -> Future.succeededFuture();
            case SITE -> seen(asked, "site", asked.path("site"), asked.path("site"));
            case ALARM -> asked.sight().sites().isEmpty()
                    ? Future.succeededFuture()
                    : found(views.alarms().place(asked.path("id")), "alarm", asked.path("id"))
                            .compose(place -> seen(asked, "alarm", asked.path("id"), place));
        };
    }

    /** What is out of sight is not there, in the same words as what does not exist. */
    private static Future<Void> seen(Arguments asked, String what, String name, String site) {
        return asked.sight().sees(site) ? Future.succeededFuture() : Future.failedFuture(Problem.notFound(what, name));
    }

    static <T> Future<T> found(Future<Optional<T>> looked, String what, String name) {
        return looked.compose(found -> found.map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(Problem.notFound(what, name))));
    }

    static void send(RoutingContext context, int status, JsonObject json) {
        if (!context.response().closed()) {
            context.response()
                    .setStatusCode(status)
                    .putHeader("Content-Type", "application/json")
                    .end(json.encode());
        }
    }
}
