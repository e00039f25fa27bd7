package dustwarden.intake;

import dustwarden.ledger.SnapshotSet;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Stores states on a thread of its own, one set at a time: packing them takes far longer than the core's thread can be
 * without a commit. A set tells the entries that it holds, so that it may reach the disk after later ones.
 */
final class StateStoring implements AutoCloseable {
    private final Consumer<SnapshotSet> store;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "states");
        made.setDaemon(true);
        return made;
    });
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    StateStoring(Consumer<SnapshotSet> store) {
        this.store = store;
    }

    boolean isBusy() {
        return busy.get();
    }

    /** Why the set before was not stored; told once. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure.getAndSet(null));
    }

    void store(SnapshotSet set) {
        busy.set(true);
        thread.execute(() -> {
            try {
                store.accept(set);
            } catch (RuntimeException | Error e) {
                failure.set(e);
            } finally {
                busy.set(false);
            }
        });
    }

    /** Returns when the last set is stored. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
