package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.CoreVersion;
import dustwarden.core.Decision;
import dustwarden.core.Entry;
import dustwarden.ledger.DecisionWriter;
import dustwarden.ledger.Ledger;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.LedgerUnwritable;
import dustwarden.ledger.Replay;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.SqliteReading;
import dustwarden.ledger.StateCodec;
import dustwarden.ledger.Stepper;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.Verifier;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWriterTest {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    static final long START = 1_800_000_000_000L;
    static final DecisionWriter LINES = d -> {
        Decision.Rejection r = (Decision.Rejection) d;
        return ("{\"at\":" + r.at() + ",\"offset\":" + r.offset() + ",\"detail\":\"" + r.detail() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    };

    /** A core whose decisions depend on all entries before: it counts them and sums their bytes. */
    static final class SummingCore implements Stepper {
        long count;
        long sum;

        @Override
        public List<Decision> step(long offset, Entry entry) {
            count++;
            if (!(entry instanceof Entry.Message m)) {
                return List.of();
            }
            for (byte b : m.payload()) {
                sum = sum * 31 + b;
            }
            if (m.topic().equals("boom")) {
                throw new IllegalStateException("boom");
            }
            List<Decision> decisions = new ArrayList<>();
            for (int i = 0; i < count % 3; i++) {
                decisions.add(new Decision.Rejection(
                        0, offset, Optional.of("site-1"), Optional.empty(), OptionalInt.empty(), "not-json", i + " " + count + " " + sum));
            }
            return decisions;
        }
    }

    @TempDir
    Path directory;

    private final AtomicLong now = new AtomicLong(START);
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

    static Arrival message(String topic, String payload, Runnable acknowledged) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return new Arrival(
                at -> new Entry.Message(at, Entry.Source.MQTT, topic, bytes, false, Optional.empty()),
                bytes.length + topic.length(),
                acknowledged);
    }

    static void await(String what, BooleanSupplier done) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!done.getAsBoolean()) {
            assertTrue(Instant.now().isBefore(deadline), what);
            Thread.onSpinWait();
        }
    }

    private JournalWriter writer(Ledger ledger, Inbox inbox, Stepper core) {
        return new JournalWriter(ledger, inbox, clock, core, LINES, Checkpoint.never());
    }

    @Test
    void storesTheSameDecisionsHoweverArrivalsFallIntoBatches() {
        List<byte[]> first = List.of();
        for (int run = 0; run < 4; run++) {
            Path own = directory.resolve("run" + run);
            Inbox inbox = new Inbox(run == 0 ? 1 : 10_000, 1 << 20);
            Random random = new Random(run);
            List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
            try (Ledger ledger = SqliteLedger.open(own, clock, ZONE)) {
                JournalWriter writer = writer(ledger, inbox, new SummingCore());
                if (run < 3) {
                    writer.start(0);
                }
                for (int i = 0; i < 1500; i++) {
                    int id = i;
                    Arrival arrival = message("t/" + i % 7, "payload " + i, () -> acknowledged.add(id));
                    await("room", () -> inbox.offer(arrival));
                    if (run == 2 && random.nextInt(50) == 0) {
                        await("a pause", () -> inbox.depth() == 0);
                    }
                }
                if (run == 3) {
                    writer.start(0);
                }
                writer.close();
                assertEquals(1500, acknowledged.size());
                assertEquals(acknowledged.stream().sorted().toList(), acknowledged);
                assertEquals(1500, ledger.position().applied());
                assertEquals(1500L, writer.figures().entries().get(Entry.Source.MQTT));
                List<byte[]> lines = ledger.decisions(0, 100_000).stream().map(StoredDecision::json).toList();
                assertEquals(1500, lines.size());
                if (run == 0) {
                    first = lines;
                }
                for (int i = 0; i < lines.size(); i++) {
                    assertArrayEquals(first.get(i), lines.get(i));
                }
            }
            assertTrue(Verifier.verify(own).sound());
        }
    }

    @Test
    void replaysWhatItDecidedAndSeesWhatItWouldNot() {
        Inbox inbox = new Inbox(10_000, 1 << 20);
        try (Ledger ledger = SqliteLedger.open(directory, clock, ZONE)) {
            JournalWriter writer = writer(ledger, inbox, new SummingCore());
            writer.start(0);
            inbox.offer(Arrival.of(at -> new Entry.Resumed(at, CoreVersion.CURRENT, List.of()), 10));
            for (int i = 0; i < 300; i++) {
                inbox.offer(message("t", "p" + i, () -> {}));
            }
            writer.close();
        }
        try (LedgerReading ledger = SqliteReading.open(directory)) {
            Replay.Result same = new Replay(ledger, new SummingCore(), LINES, d -> {}).all();
            assertTrue(same.same());
            assertTrue(same.line().matches("entries 301 decisions 300 digest [0-9a-f]{64}"), same.line());
            List<Long> offsets = new ArrayList<>();
            Stepper other = new Stepper() {
                private final Stepper core = new SummingCore();

                @Override
                public List<Decision> step(long offset, Entry entry) {
                    List<Decision> decisions = core.step(offset, entry);
                    return offset == 45 ? List.of() : decisions;
                }
            };
            Replay.Result different = new Replay(ledger, other, LINES, d -> offsets.add(d.offset())).all();
            assertEquals(45, different.firstDifference().orElseThrow());
            assertEquals(List.of(45L), offsets);
        }
    }

    @Test
    void neverLetsReceivedRunBackwards() {
        Inbox inbox = new Inbox(10, 1 << 20);
        try (Ledger ledger = SqliteLedger.open(directory, clock, ZONE)) {
            JournalWriter writer = writer(ledger, inbox, new SummingCore());
            writer.start(0);
            inbox.offer(message("t", "a", () -> {}));
            await("a", () -> ledger.position().nextOffset() == 1);
            now.set(START - 60_000);
            inbox.offer(message("t", "b", () -> {}));
            await("b", () -> ledger.position().nextOffset() == 2);
            now.set(START + 500);
            inbox.offer(message("t", "c", () -> {}));
            writer.close();
            assertEquals(
                    List.of(START, START, START + 500),
                    ledger.entries(0, 10).stream().map(e -> e.entry().received()).toList());
        }
    }

    @Test
    void ticksOnlyInASecondWithoutAnEntry() {
        Inbox inbox = new Inbox(10, 1 << 20);
        try (Ledger ledger = SqliteLedger.open(directory, clock, ZONE)) {
            JournalWriter writer = writer(ledger, inbox, new SummingCore());
            writer.start(0);
            inbox.offer(message("t", "a", () -> {}));
            await("a", () -> ledger.position().nextOffset() == 1);
            now.set(START + 999);
            inbox.wake();
            inbox.offer(message("t", "b", () -> {}));
            await("b", () -> ledger.position().nextOffset() == 2);
            now.set(START + 1999);
            inbox.wake();
            await("a tick", () -> ledger.position().nextOffset() == 3);
            writer.close();
            assertEquals(new Entry.Tick(START + 1999), ledger.entry(2).orElseThrow().entry());
            assertEquals(3, ledger.position().nextOffset());
        }
    }

    @Test
    void goesOnAfterACoreOrCallbackThatThrows() {
        Inbox inbox = new Inbox(10, 1 << 20);
        AtomicBoolean acknowledged = new AtomicBoolean();
        List<Long> published = Collections.synchronizedList(new ArrayList<>());
        try (Ledger ledger = SqliteLedger.open(directory, clock, ZONE)) {
            JournalWriter writer = writer(ledger, inbox, new SummingCore());
            writer.onDecisions((first, decisions) -> {
                throw new IllegalStateException("listener");
            });
            writer.onDecisions((first, decisions) -> published.add(first));
            writer.start(0);
            inbox.offer(message("boom", "x", () -> {
                throw new IllegalStateException("callback");
            }));
            inbox.offer(new Arrival(
                    at -> {
                        throw new IllegalStateException("entry");
                    },
                    1,
                    () -> {}));
            inbox.offer(message("t", "x", () -> acknowledged.set(true)));
            await("the last", acknowledged::get);
            writer.close();
            assertEquals(1, writer.figures().stepFailures());
            assertTrue(writer.figures().callbackFailures() >= 3);
            assertEquals(List.of(0L), published);
            assertEquals(2, ledger.position().applied());
        }
    }

    @Test
    void acknowledgesNothingWhileTheLedgerCannotBeWrittenAndAllOfItAfterwards() {
        AtomicBoolean full = new AtomicBoolean(true);
        Inbox inbox = new Inbox(5, 1 << 20);
        AtomicLong acknowledged = new AtomicLong();
        try (Ledger real = SqliteLedger.open(directory, clock, ZONE)) {
            Ledger ledger = (Ledger) Proxy.newProxyInstance(
                    Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("append") && full.get()) {
                            throw new LedgerUnwritable("disk is full", new IllegalStateException());
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            JournalWriter writer = writer(ledger, inbox, new SummingCore());
            writer.start(0);
            for (int i = 0; i < 200; i++) {
                inbox.offer(message("t", "x" + i, acknowledged::incrementAndGet));
            }
            await("the stall", () -> writer.state().kind() == WriterState.Kind.STALLED);
            assertTrue(writer.state().sentence().en().contains("disk is full"));
            await("a full inbox", () -> !inbox.offer(message("t", "y", acknowledged::incrementAndGet)));
            assertEquals(0, acknowledged.get());
            assertEquals(0, real.position().nextOffset());
            full.set(false);
            await("running", () -> writer.state().kind() == WriterState.Kind.RUNNING);
            writer.close();
            assertEquals(real.position().nextOffset(), acknowledged.get());
            assertTrue(acknowledged.get() >= 5);
        }
    }

    @Test
    void startsFromAStoredStateAndFindsTheSameDecisions() {
        StateCodec codec = new StateCodec();
        Inbox inbox = new Inbox(10_000, 1 << 20);
        SummingCore core = new SummingCore();
        StateSource source = new StateSource() {
            @Override
            public Map<String, Object> states() {
                return Map.of("site-1", new long[] {core.count, core.sum});
            }

            @Override
            public Map<String, Object> changedStates() {
                return states();
            }
        };
        long applied;
        try (Ledger ledger = SqliteLedger.open(directory, clock, ZONE)) {
            JournalWriter writer = new JournalWriter(
                    ledger, inbox, clock, core, LINES, new TimedCheckpoint(source, codec, "1", ZONE, 0));
            writer.start(0);
            for (int i = 0; i < 300; i++) {
                now.addAndGet(1000);
                int sent = i;
                inbox.offer(message("t", "p" + i, () -> {}));
                if (i % 20 == 0) {
                    await("sent", () -> ledger.position().nextOffset() > sent);
                }
            }
            writer.close();
            applied = ledger.position().applied();
        }
        try (Ledger ledger = SqliteLedger.open(directory, clock, ZONE)) {
            var set = ledger.snapshot("1", applied).orElseThrow();
            assertTrue(set.applied() > 100 && set.applied() < applied, "applied " + set.applied());
            assertEquals(ledger.entry(set.applied() - 1).orElseThrow().entry().received(), set.at());
            assertTrue(ledger.snapshot("2", applied).isEmpty());
            long[] state = (long[]) codec.read(set.states().get("site-1"));
            SummingCore restored = new SummingCore();
            restored.count = state[0];
            restored.sum = state[1];
            assertEquals(set.applied(), restored.count);
            JournalWriter writer = writer(ledger, new Inbox(10, 100), restored);
            Recovered recovered = writer.start(set.applied());
            writer.close();
            assertTrue(recovered.compared().same());
            assertEquals(applied - set.applied(), recovered.compared().entries());
            assertEquals(core.sum, restored.sum);
        }
        assertTrue(Verifier.verify(directory).sound());
    }

    @Test
    void refusesWhatDoesNotFitTheInbox() {
        Inbox inbox = new Inbox(3, 100);
        assertTrue(inbox.offer(message("t", "x".repeat(500), () -> {})));
        assertFalse(inbox.offer(message("t", "x", () -> {})));
        assertEquals(1, inbox.drain(10, 10, Duration.ZERO).size());
        assertTrue(inbox.offer(message("t", "x".repeat(90), () -> {})));
        assertFalse(inbox.offer(message("t", "x".repeat(20), () -> {})));
        assertTrue(inbox.offer(message("t", "x", () -> {})));
        assertTrue(inbox.offer(message("t", "x", () -> {})));
        assertFalse(inbox.offer(message("t", "x", () -> {})));
        assertEquals(3, inbox.refused());
        assertEquals(3, inbox.depth());
        inbox.close();
        assertEquals(3, inbox.drain(10, 1000, Duration.ZERO).size());
        assertFalse(inbox.offer(message("t", "x", () -> {})));
    }
}
