package dustwarden.app.node;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Work of a start on a thread of its own; the common pool has a single one where there are two processors. */
public final class Beside {
    private Beside() {}

    public static <T> CompletableFuture<T> begin(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> {
            Thread thread = new Thread(task, "start");
            thread.setDaemon(true);
            thread.start();
        });
    }
}
