package dustwarden.ledger;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** A short queue from one thread to another; where one end fails, the other throws what it failed by. */
final class Handoff<T> {
    private static final int WAITING_MAX = 4;

    private final Queue<T> waiting = new ArrayDeque<>();
    private boolean ended;
    private Optional<Throwable> failure = Optional.empty();

    /** Waits for room; answers false once the queue was ended. */
    synchronized boolean put(T item) {
        await(() -> ended || waiting.size() < WAITING_MAX);
        rethrow();
        if (!ended) {
            waiting.add(item);
            notifyAll();
        }
        return !ended;
    }

    /** Waits for the next one; empty at the end. */
    synchronized Optional<T> take() {
        await(() -> ended || !waiting.isEmpty());
        rethrow();
        Optional<T> next = Optional.ofNullable(waiting.poll());
        notifyAll();
        return next;
    }

    /** Takes nothing more; what waits can still be taken. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized void fail(Throwable by) {
        failure = failure.or(() -> Optional.of(by));
        end();
    }

    synchronized void rethrow() {
        if (failure.isPresent()) {
            if (failure.get() instanceof Error e) {
                throw e;
            }
            throw (RuntimeException) failure.get();
        }
    }

    /** An interruption is kept for the caller, who is not waiting here for something that may never come. */
    private void await(BooleanSupplier ready) {
        boolean interrupted = false;
        while (!ready.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs one end of the queue on a thread of its own; what it throws goes to the other end. */
    Thread start(String name, Runnable end) {
        Thread thread = new Thread(() -> {
            try {
                end.run();
                end();
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
