package dustwarden.series;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** A few read connections to one file, lent to one thread at a time; a read sees one state of the file. */
final class ViewReaders implements AutoCloseable {
    private static final int CONNECTIONS_MAX = 4;

    private final Path file;
    private final Semaphore free = new Semaphore(CONNECTIONS_MAX);
    private final Deque<ViewDb> idle = new ArrayDeque<>();
    private boolean closed;

    ViewReaders(Path file) {
        this.file = file;
    }

    /** Blocks while all connections are lent. */
    <T> T read(Function<ViewDb, T> work) {
        free.acquireUninterruptibly();
        try {
            ViewDb db = take();
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

    private ViewDb take() {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return ViewDb.open(file, ViewDb.Mode.READ);
    }

    private void giveBack(ViewDb db, boolean sound) {
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
            idle.forEach(ViewDb::close);
            idle.clear();
        }
    }
}
