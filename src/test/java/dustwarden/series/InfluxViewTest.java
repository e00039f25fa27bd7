package dustwarden.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfluxViewTest {
    /** Far above what any answer takes, even where the machine is busy. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-14T03:00:00Z"));

    @TempDir
    Path directory;

    private PlayedJournal journal;
    private FakeInflux server;

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
        journal.hour().commit();
        server = new FakeInflux();
    }

    @AfterEach
    void close() {
        server.close();
        journal.close();
    }

    private InfluxView view(InfluxTarget target, Duration timeout) {
        return new InfluxView(directory, target, CLOCK, timeout);
    }

    private InfluxView view() {
        return view(server.target(), TIMEOUT);
    }

    private Optional<LogBatch> next(InfluxView view) {
        return new BatchReader(journal.log(), (o, e) -> {}, o -> {}).next(view.cursor(), 60);
    }

    private void drain(InfluxView view) {
        for (Optional<LogBatch> batch = next(view); batch.isPresent(); batch = next(view)) {
            view.apply(batch.get());
            view.settle();
        }
    }

    /** Every point that the journal is worth. */
    private Set<String> all() {
        Set<String> lines = new TreeSet<>();
        InfluxLines maker = new InfluxLines(new NoFigures());
        Cursor at = Cursor.START;
        BatchReader reader = new BatchReader(journal.log(), (o, e) -> {}, o -> {});
        for (Optional<LogBatch> b = reader.next(at, 60); b.isPresent(); b = reader.next(at, 60)) {
            maker.make(b.get(), line -> lines.add(line.text()));
            at = b.get().next();
        }
        return lines;
    }

    private Set<String> missing() {
        Set<String> missing = new TreeSet<>();
        // What a restart forgets of a clock is only how it came to its class.
        all().forEach(line -> missing.add(line.replaceAll("clock=\"[a-z]+\"", "")));
        server.points.forEach(line -> missing.remove(line.replaceAll("clock=\"[a-z]+\"", "")));
        return missing;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 20 s");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private View.Unavailable unavailable(InfluxView view) {
        Cursor before = view.cursor();
        View.Unavailable e = assertThrows(View.Unavailable.class, () -> {
            view.apply(next(view).orElseThrow());
            view.settle();
        });
        assertEquals(before, view.cursor());
        assertFalse(e.getMessage().contains(FakeInflux.TOKEN), e.getMessage());
        return e;
    }

    @Test
    void writesAllGzippedAndResumesAfterARestart() {
        try (InfluxView view = view()) {
            view.apply(next(view).orElseThrow());
        }
        assertFalse(server.points.isEmpty());
        try (InfluxView view = view()) {
            assertEquals(60, view.cursor().entry());
            drain(view);
        }
        assertEquals(Set.of(), missing());
        for (String measurement : Set.of("reading", "checklist", "mean", "alarm", "passage", "unit", "camera", "device")) {
            assertFalse(server.of(measurement).isEmpty(), measurement);
        }
        assertEquals(0, server.plain, "all is gzipped");
    }

    @Test
    void doesNotMoveWhileTheServerFailsAndLosesNothing() {
        try (InfluxView view = view()) {
            for (int status : new int[] {500, 503, 429, 401, 404}) {
                server.failing = status;
                unavailable(view);
            }
            server.failing = 0;
            server.stop();
            assertTrue(unavailable(view).getMessage().contains("cannot be reached"));
            server.restart();
            drain(view);
            assertEquals(all(), Set.copyOf(server.points));
            assertTrue(view.refusals().isEmpty());
        }
    }

    /** The last fields of each series and time, as the server keeps them. */
    private static TreeMap<String, String> kept(Iterable<String> lines) {
        TreeMap<String, String> kept = new TreeMap<>();
        for (String line : lines) {
            int first = line.indexOf(' ');
            int last = line.lastIndexOf(' ');
            kept.put(line.substring(0, first) + line.substring(last), line.substring(first + 1, last));
        }
        return kept;
    }

    /** Each batch is refused once, at another of its writes, and the figures in hand are those of the cursor all the same. */
    @Test
    void figuresSurviveAnOutageAtEveryBatch() {
        journal.pass(2 * 3_600_000L).reading("dust-1", 20).pass(14 * 3_600_000L).reading("dust-1", 20).commit();
        List<String> undisturbed = new ArrayList<>();
        InfluxLines maker = new InfluxLines(new NoFigures());
        BatchReader all = new BatchReader(journal.log(), (o, e) -> {}, o -> {});
        maker.make(all.next(Cursor.START, 100_000).orElseThrow(), line -> undisturbed.add(line.text()));
        try (InfluxView view = view()) {
            ViewRunner runner = new ViewRunner(journal.log(), view, new ViewRunner.Pace(13, Duration.ZERO), b -> {});
            int failures = 0;
            boolean more = true;
            for (int turn = 0; more; turn++) {
                if (turn % 7 == 3) {
                    server.writesUntilFailing = turn % 2;
                }
                try {
                    more = runner.turn();
                } catch (View.Unavailable e) {
                    failures++;
                    assertTrue(failures < 1_000, "it moves on");
                    server.writesUntilFailing = Integer.MAX_VALUE;
                }
            }
            assertTrue(failures >= 3, "failed " + failures + " times");
            assertEquals(journal.ledger().position().nextOffset(), view.cursor().entry());
        }
        TreeMap<String, String> there = kept(server.written);
        kept(undisturbed).forEach((key, fields) -> assertEquals(fields.replaceAll("clock=\"[a-z]+\"", ""),
                there.getOrDefault(key, "nothing").replaceAll("clock=\"[a-z]+\"", ""), key));
    }

    /** The next batch is made while the server still has the last in hand, and no cursor runs ahead of it. */
    @Test
    void makesTheNextWhileTheLastIsUnderWay() {
        try (InfluxView view = view()) {
            view.apply(next(view).orElseThrow());
            view.settle();
            Cursor first = view.cursor();
            BatchReader reader = new BatchReader(journal.log(), (o, e) -> {}, o -> {});
            LogBatch second = reader.next(first, 30).orElseThrow();
            CountDownLatch hold = new CountDownLatch(1);
            server.hold = Optional.of(hold);
            view.apply(second);
            await(() -> server.held > 0);
            assertEquals(first, view.cursor(), "nothing counts that the server has not answered");
            server.hold = Optional.empty();
            hold.countDown();
            view.settle();
            assertEquals(second.next(), view.cursor());
        }
    }

    @Test
    void givesUpASlowAnswerAndWritesTheSamePointsAgain() {
        try (InfluxView view = view(server.target(), Duration.ofMillis(300))) {
            CountDownLatch hold = new CountDownLatch(1);
            server.hold = Optional.of(hold);
            unavailable(view);
            server.hold = Optional.empty();
            hold.countDown();
        }
        try (InfluxView view = view()) {
            drain(view);
        }
        assertEquals(all(), Set.copyOf(server.points));
    }

    @Test
    void putsOnlyTheCulpritAsideWithItsReason() {
        server.poison = Optional.of("reading,region=410000/410700/410702/honglou,site=xx-test-01,device=dust-1 pm10=133.0,");
        try (InfluxView view = view()) {
            drain(view);
            assertEquals(1, view.refusals().size());
            InfluxBook.Refusal refusal = view.refusals().get(0);
            assertTrue(refusal.text().startsWith(server.poison.orElseThrow()));
            assertTrue(refusal.reason().contains("400") && refusal.reason().contains("field type conflict"), refusal.reason());
            Set<String> expected = new TreeSet<>(all());
            expected.remove(refusal.text());
            assertEquals(expected, Set.copyOf(server.points));
        }
    }

    @Test
    void quarantinesOnceThoughTheServerFailsWhileItIsHalving() {
        server.poison = Optional.of("pm10=101.0,");
        try (InfluxView view = view()) {
            server.writesUntilFailing = 12;
            unavailable(view);
            server.writesUntilFailing = Integer.MAX_VALUE;
            drain(view);
            assertEquals(1, view.refusals().size());
            assertEquals(all().size() - 1, server.points.size());
        }
    }

    @Test
    void writesAtMostFiveThousandLinesAtOnce() {
        for (int i = 0; i < 12; i++) {
            StringBuilder array = new StringBuilder("[");
            for (int k = 0; k < 1000; k++) {
                long ts = journal.now() - 1000L * (k + 1) - i;
                array.append(k == 0 ? "" : ",").append("{\"ts\":").append(ts).append(",\"values\":{\"pm10\":").append(k).append("}}");
            }
            journal.send("dust-1", "reading", array.append(']').toString());
        }
        journal.commit();
        try (InfluxView view = view()) {
            BatchReader reader = new BatchReader(journal.log(), (o, e) -> {}, o -> {});
            view.apply(reader.next(view.cursor(), 100_000).orElseThrow());
            view.settle();
        }
        assertTrue(server.points.size() > 10_000, () -> server.points.size() + " points");
        assertEquals(InfluxView.LINES_MAX, server.sizes.stream().mapToInt(n -> n).max().orElseThrow());
    }

    @Test
    void makesTheBucketWhereItMayAndSaysSoWhereItMayNot() {
        server.bucket = false;
        server.mayCreate = false;
        try (InfluxView view = view()) {
            assertTrue(unavailable(view).getMessage().contains("there is no bucket"));
            server.mayCreate = true;
            drain(view);
        }
        assertTrue(server.bucket);
        assertEquals(all(), Set.copyOf(server.points));
    }

    @Test
    void doesNotSendWhatTheBucketWouldNotKeep() {
        server.retentionSeconds = 3600;
        try (InfluxView view = view()) {
            drain(view);
        }
        long oldest = CLOCK.millis() - 3_600_000;
        assertTrue(all().stream().anyMatch(line -> at(line) < oldest), "some are older");
        assertFalse(server.points.isEmpty());
        assertTrue(server.points.stream().allMatch(line -> at(line) >= oldest));
    }

    private static long at(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) / 1_000_000;
    }

    @Test
    void fillsAnotherBucketFromTheFirstEntry() {
        try (InfluxView view = view()) {
            drain(view);
        }
        InfluxTarget was = server.target();
        try (InfluxView view = view(new InfluxTarget(was.url(), was.org(), "other", was.token()), TIMEOUT)) {
            assertEquals(Cursor.START, view.cursor());
        }
    }

    @Test
    void fillsAnEmptiedBucketAgainFromTheLedger() {
        try (InfluxView view = view()) {
            drain(view);
        }
        server.points.clear();
        try (InfluxView view = view()) {
            assertTrue(next(view).isEmpty(), "it thinks that all is there");
        }
        List<Long> told = new ArrayList<>();
        InfluxView.anew(directory, server.target()).close();
        try (InfluxView view = view()) {
            assertEquals(0, new Filling(journal.log(), view).run(told::add));
            assertEquals(journal.ledger().position().nextOffset(), view.cursor().entry());
        }
        assertEquals(Set.of(), missing());
        assertEquals(journal.ledger().position().nextOffset(), told.get(told.size() - 1));
    }

    @Test
    void writesEachMeasurementToItsOwnBucketWhereThreeAreWanted() {
        InfluxTarget was = server.target();
        InfluxTarget split = new InfluxTarget(was.url(), was.org(), was.bucket(), was.token(), true, List.of());
        try (InfluxView view = view(split, TIMEOUT)) {
            drain(view);
        }
        assertEquals(Set.of("dust", "dust_means", "dust_verdicts"), server.buckets);
        assertEquals(Set.of(), missing());
    }

    @Test
    void keepsUpBehindARunnerThatOutlivesAnOutage() {
        server.stop();
        ViewRunner runner = new ViewRunner(journal.log(), view(), new ViewRunner.Pace(60, Duration.ZERO), b -> {});
        runner.start();
        await(() -> runner.trouble().isPresent());
        server.restart();
        await(() -> runner.lag() == 0 && runner.trouble().isEmpty());
        runner.close();
        assertTrue(server.points.containsAll(all()));
        assertEquals(0, runner.quarantined());
    }

    @Test
    void stopsAtOnceWhileTheServerHangs() {
        CountDownLatch hold = new CountDownLatch(1);
        server.hold = Optional.of(hold);
        InfluxView view = view(server.target(), Duration.ofSeconds(60));
        ViewRunner runner = new ViewRunner(journal.log(), view, new ViewRunner.Pace(60, Duration.ZERO), b -> {});
        runner.start();
        await(() -> server.held > 0);
        long begun = System.nanoTime();
        view.abandon();
        runner.close();
        assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 10, "did not wait for the server");
    }

    @Test
    void writesIntoARealInfluxDb() {
        Optional<String> url = Optional.ofNullable(System.getenv("DUSTWARDEN_TEST_INFLUX_URL"));
        Optional<String> token = Optional.ofNullable(System.getenv("DUSTWARDEN_TEST_INFLUX_TOKEN"));
        Optional<String> org = Optional.ofNullable(System.getenv("DUSTWARDEN_TEST_INFLUX_ORG"));
        if (url.isEmpty() || token.isEmpty() || org.isEmpty()) {
            System.out.println("skipped: no real InfluxDB 2, since DUSTWARDEN_TEST_INFLUX_URL, _TOKEN and _ORG are not all set");
        }
        Assumptions.assumeTrue(url.isPresent() && token.isPresent() && org.isPresent(), "no real InfluxDB 2 is given");
        InfluxTarget target = new InfluxTarget(
                URI.create(url.orElseThrow()), org.orElseThrow(), "dustwarden-test-" + System.nanoTime(), token.orElseThrow());
        try (InfluxView view = view(target, TIMEOUT)) {
            drain(view);
            assertEquals(journal.ledger().position().nextOffset(), view.cursor().entry());
            assertTrue(view.refusals().isEmpty(), () -> view.refusals().toString());
        }
    }
}
