package dustwarden.ledger;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** A few read connections to one file, lent to one thread at a time; a read sees one state of the file. */
final class Readers implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 4;

    private final Path file;
    private final Semaphore free = new Semaphore(CONNECTIONS_MAX);
    private final Deque<Sqlite> idle = new ArrayDeque<>();
    private boolean closed;

    Readers(Path file) {
        this.file = file;
    }

    <T> T read(Function<Sqlite, T> work) {
        free.acquireUninterruptibly();
        try {
            Sqlite db = take();
            boolean done = false;
            try {
                T result = db.transaction(() -> work.apply(db));
                done = true;
                return result;
            } finally {
                giveBack(db, done);
            }
        } finally {
            free.release();
        }
    }

    private Sqlite take() {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("the ledger is closed");
            }
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return Sqlite.open(file, Sqlite.Mode.READ);
    }

    private void giveBack(Sqlite db, boolean sound) {
        synchronized (idle) {
            if (sound && !closed) {
                idle.push(db);
                return;
            }
        }
        db.close();
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(Sqlite::close);
            idle.clear();
        }
    }
}
