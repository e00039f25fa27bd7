package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.ledger.Ledger;
import dustwarden.ledger.LedgerUnwritable;
import dustwarden.ledger.SnapshotSet;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.StateCodec;
import dustwarden.ledger.Verifier;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoringTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @TempDir
    Path directory;

    private final AtomicLong now = new AtomicLong(Instant.parse("2026-03-14T00:00:00Z").toEpochMilli());
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

    @Test
    void acknowledgesWhileStatesAreBeingStoredAndStoresThemBeforeItCloses() throws InterruptedException {
        CountDownLatch storing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicLong sets = new AtomicLong();
        AtomicLong failures = new AtomicLong();
        AtomicLong acknowledged = new AtomicLong();
        Inbox inbox = new Inbox(10_000, 1 << 20);
        JournalWriterTest.SummingCore core = new JournalWriterTest.SummingCore();
        Checkpoint checkpoint = new Checkpoint() {
            @Override
            public Optional<SnapshotSet> due(long applied, long received) {
                return applied == 0 ? Optional.empty() : Optional.of(new SnapshotSet(
                        applied, received, "1", true, Map.of("site-1", new StateCodec().write(new long[] {core.count, core.sum}))));
            }

            @Override
            public void failed() {
                failures.incrementAndGet();
            }
        };
        long slow;
        try (Ledger real = SqliteLedger.open(directory, clock, ZONE)) {
            Ledger ledger = (Ledger) Proxy.newProxyInstance(
                    Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("putSnapshot") && sets.incrementAndGet() == 2) {
                            storing.countDown();
                            go.await();
                        } else if (method.getName().equals("putSnapshot") && sets.get() == 3) {
                            throw new LedgerUnwritable("disk is full", new IllegalStateException());
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            JournalWriter writer = new JournalWriter(ledger, inbox, clock, core, JournalWriterTest.LINES, checkpoint);
            writer.start(0);
            sendUntil(inbox, acknowledged, () -> storing.getCount() == 0);
            long before = acknowledged.get();
            sendUntil(inbox, acknowledged, () -> acknowledged.get() > before + 20);
            assertEquals(2, sets.get(), "one set at a time");
            slow = real.position().nextOffset();
            go.countDown();
            sendUntil(inbox, acknowledged, () -> failures.get() > 0 && sets.get() > 4);
            writer.close();
            long last = real.snapshot("1", Long.MAX_VALUE).orElseThrow().applied();
            assertTrue(last > slow, "stored up to " + last);
        }
        assertTrue(Verifier.verify(directory).sound());
        assertEveryStoredStateHoldsWhatItSays(core.sum);
    }

    private void sendUntil(Inbox inbox, AtomicLong acknowledged, BooleanSupplier done) {
        AtomicLong sent = new AtomicLong();
        Await.until("it", () -> {
            now.addAndGet(7);
            inbox.offer(JournalWriterTest.message("t", "p" + sent.incrementAndGet(), acknowledged::incrementAndGet));
            return done.getAsBoolean();
        });
    }

    /** From whichever set a start begins, it steps the rest to the same decisions and the same end. */
    private void assertEveryStoredStateHoldsWhatItSays(long sum) {
        try (Ledger ledger = SqliteLedger.open(directory, clock, ZONE)) {
            long applied = ledger.position().applied();
            int starts = 0;
            for (long most = applied; ledger.snapshot("1", most).isPresent(); starts++) {
                SnapshotSet set = ledger.snapshot("1", most).orElseThrow();
                long[] state = (long[]) new StateCodec().read(set.states().get("site-1"));
                JournalWriterTest.SummingCore restored = new JournalWriterTest.SummingCore();
                restored.count = state[0];
                restored.sum = state[1];
                assertEquals(set.applied(), restored.count);
                JournalWriter writer = new JournalWriter(
                        ledger, new Inbox(10, 100), clock, restored, JournalWriterTest.LINES, Checkpoint.never());
                assertTrue(writer.start(set.applied()).compared().same());
                writer.close();
                assertEquals(sum, restored.sum);
                most = set.applied() - 1;
            }
            assertTrue(starts >= 2, "started from " + starts);
        }
    }
}
