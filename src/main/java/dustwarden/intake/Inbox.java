package dustwarden.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one way into the journal, bounded in arrivals and in bytes; when full it says no, and the caller holds its sender back.
 */
public final class Inbox {
    private final int arrivalsMax;
    private final long bytesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition stirred = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private long bytes;
    private long refused;
    private int wanted = 1;
    private boolean woken;
    private boolean closed;

    public Inbox(int arrivalsMax, long bytesMax) {
        if (arrivalsMax < 1 || bytesMax < 1) {
            throw new IllegalArgumentException("an inbox holds one arrival at least, got " + arrivalsMax + ", " + bytesMax);
        }
        this.arrivalsMax = arrivalsMax;
        this.bytesMax = bytesMax;
    }

    /**
     * Takes an arrival, or refuses it where the inbox is full or closed: then it is not journaled, not acknowledged, and the
     * caller must hold its sender back and offer it again. Never blocks.
     */
    public boolean offer(Arrival arrival) {
        lock.lock();
        try {
            boolean fits = waiting.isEmpty() || (waiting.size() < arrivalsMax && bytes + arrival.bytes() <= bytesMax);
            if (closed || !fits) {
                refused++;
                return false;
            }
            waiting.add(arrival);
            bytes += arrival.bytes();
            if (waiting.size() >= wanted || bytes >= bytesMax) {
                stirred.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room for a small arrival; false where the time ran out or the inbox closed. */
    public boolean awaitRoom(Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && (waiting.size() >= arrivalsMax || bytes >= bytesMax)) {
                if (left <= 0) {
                    return false;
                }
                left = drained.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the journal look at its clock again, for a clock that was moved on. */
    public void wake() {
        lock.lock();
        try {
            woken = true;
            stirred.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses all that comes from now on; what is in it is still drained. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            woken = true;
            stirred.signal();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes out what is there, up to the bounds, after waiting at most so long for the first. */
    List<Arrival> drain(int arrivalsAtMost, long bytesAtMost, Duration wait) {
        lock.lock();
        try {
            awaitFirst(wait);
            woken = false;
            List<Arrival> batch = new ArrayList<>(Math.min(arrivalsAtMost, waiting.size()));
            long taken = 0;
            while (!waiting.isEmpty() && batch.size() < arrivalsAtMost && taken < bytesAtMost) {
                Arrival next = waiting.poll();
                batch.add(next);
                taken += next.bytes();
            }
            bytes -= taken;
            drained.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Lets arrivals gather, from the first one on, until they are enough, or silent, or their time is over. */
    void gather(Gathering gathering, Duration wait) {
        lock.lock();
        try {
            awaitFirst(wait);
            wanted = Math.min(arrivalsMax, gathering.enough());
            gather(gathering);
            wanted = 1;
        } finally {
            lock.unlock();
        }
    }

    private void gather(Gathering gathering) {
        long silence = Gathering.SILENCE.toNanos();
        long left = gathering.left(System.nanoTime());
        int seen = waiting.size();
        while (left > 0 && !woken && seen > 0 && seen < wanted && bytes < bytesMax) {
            boolean silent = await(Math.min(left, silence)) <= 0 && waiting.size() == seen;
            left = gathering.left(System.nanoTime());
            if (silent && left > 0) {
                gathering.fellSilent(seen);
                return;
            }
            seen = waiting.size();
        }
        if (seen >= wanted) {
            gathering.filled();
        } else {
            gathering.cutShort();
        }
    }

    private void awaitFirst(Duration wait) {
        long left = wait.toNanos();
        while (waiting.isEmpty() && !woken && left > 0) {
            left = await(left);
        }
    }

    private long await(long nanos) {
        try {
            return stirred.awaitNanos(nanos);
        } catch (InterruptedException e) {
            // The journal's thread ends by closing the inbox, never by an interrupt in the middle of a batch.
            return 0;
        }
    }

    public int depth() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** How many offers were refused so far. */
    public long refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
