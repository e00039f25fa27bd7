package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;

/** Mounts operations of the contract: arguments in, JSON without spaces out, a failed future becomes a problem. */
record Answers(RouterBuilder builder, ZoneId zone) {

    /** An operation whose answer is JSON. */
    void json(String operation, Function<Arguments, Future<JsonObject>> answer) {
        raw(operation, context -> answer.apply(new Arguments(context, zone))
                .onSuccess(json -> send(context, 200, json)));
    }

    /** An operation whose answer is a page of a list. */
    void page(String operation, Function<Arguments, Future<Page>> answer) {
        json(operation, arguments -> answer.apply(arguments).map(Page::json));
    }

    /** An operation that sends its own answer; only its failure is answered here. */
    void raw(String operation, Function<RoutingContext, Future<?>> answer) {
        builder.getRoute(operation).addHandler(context -> {
            try {
                answer.apply(context).onFailure(context::fail);
            } catch (Problem | IllegalArgumentException e) {
                context.fail(e);
            }
        });
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
