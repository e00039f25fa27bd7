package dustwarden.app.node;

import dustwarden.console.BadCursor;
import dustwarden.console.Page;
import dustwarden.series.Listed;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Asks views that block on a file from a small pool of threads, and shapes what they answer for the console. */
final class Ask {
    private final WorkerExecutor pool;

    Ask(WorkerExecutor pool) {
        this.pool = pool;
    }

    <T> Future<T> of(Callable<T> question) {
        return pool.executeBlocking(question, false).recover(cause -> Future.failedFuture(
                cause instanceof Listed.CursorRefused ? new BadCursor(cause.getMessage()) : cause));
    }

    Future<Page> page(Callable<Listed> question) {
        return of(question).map(Ask::page);
    }

    Future<Optional<Page>> maybePage(Callable<Optional<Listed>> question) {
        return of(question).map(found -> found.map(Ask::page));
    }

    Future<Optional<JsonObject>> json(Callable<Optional<String>> question) {
        return of(question).map(found -> found.map(JsonObject::new));
    }

    private static Page page(Listed listed) {
        return new Page(listed.items().stream().map(JsonObject::new).toList(), listed.next());
    }
}
