package dustwarden.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.ContentReader;
import dustwarden.core.decode.Hj212Frame;
import dustwarden.live.TestBureau.Habit;
import dustwarden.series.PlayedJournal;
import dustwarden.series.ViewRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BureauClientTest {
    @TempDir
    Path directory;

    private PlayedJournal journal;
    private ViewRunner runner;
    private BureauClient client;

    @BeforeEach
    void open() {
        journal = new PlayedJournal(directory);
    }

    @AfterEach
    void close() {
        stop();
        journal.close();
    }

    private void stop() {
        if (client != null) {
            client.close();
            runner.close();
            client = null;
        }
    }

    private void start(int port) {
        BureauTarget target = new BureauTarget(PlayedJournal.SITE, "dust-1", ContentReader.ZONE, "127.0.0.1", port, "M", "123456",
                "39", Duration.ofMillis(250), 2, 10);
        client = new BureauClient(directory, journal.log(), target, () -> Instant.ofEpochMilli(journal.now()), Duration.ofMillis(20));
        runner = new ViewRunner(journal.log(), client.view(), new ViewRunner.Pace(500, Duration.ZERO), batch -> { });
        runner.start();
        client.start();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 30 s: " + what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Readings of dust-1, one a minute, and of the other monitor, which is not to go out. */
    private void minutes(int count) {
        for (int i = 0; i < count; i++) {
            journal.reading("dust-1", 100 + i).reading("dust-2", 7).pass(60_000);
        }
        journal.commit();
        runner.wake();
    }

    private void sentAll() {
        await("read", () -> runner.lag() == 0);
        await("sent", () -> client.waiting() == 0);
    }

    @Test
    void sendsReadingsMinutesAndHoursOfOneMonitorAndWaitsForEachAnswer() throws IOException {
        try (TestBureau bureau = new TestBureau(0, n -> Habit.ACKNOWLEDGE)) {
            start(bureau.port());
            minutes(65);
            sentAll();
            assertEquals(65, bureau.of("2011").size());
            Hj212Frame first = bureau.of("2011").get(0);
            assertEquals("20260314090000", first.plain("DataTime"));
            assertEquals("100.0", first.plain("a34002-Rtd"));
            assertEquals("N", first.plain("a34002-Flag"));
            assertEquals(List.of("39", "123456", "M", "5"), List.of(first.get("ST"), first.get("PW"), first.mn(), first.get("FLAG")));
            assertEquals(6, bureau.of("2051").size());
            Hj212Frame minutes = bureau.of("2051").get(1);
            assertEquals("20260314091000", minutes.plain("DataTime"));
            assertEquals(List.of("110.0", "114.5", "119.0"),
                    List.of(minutes.plain("a34002-Min"), minutes.plain("a34002-Avg"), minutes.plain("a34002-Max")));
            assertEquals(List.of("20260314090000"), bureau.of("2061").stream().map(f -> f.plain("DataTime")).toList());
            assertEquals("129.5", bureau.of("2061").get(0).plain("a34002-Avg"));
            assertEquals(bureau.frames.size(), new HashSet<>(bureau.qns()).size(), "each QN once");
            assertTrue(bureau.frames.stream().allMatch(f -> f.tolerated().isEmpty()), "as the standard writes them");
            assertEquals(List.of(new BureauDay("2026-03-14", 65, 65, 0)), client.days(5));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Habit.class, names = {"SILENT", "LATE", "WRONG_QN", "HANG_UP", "REFUSE"})
    void losesAndRepeatsNothingWithABureauThat(Habit bad) throws IOException {
        try (TestBureau bureau = new TestBureau(0, n -> n % 4 == 0 ? bad : Habit.ACKNOWLEDGE)) {
            start(bureau.port());
            minutes(12);
            sentAll();
            assertEquals(12, bureau.of("2011").stream().map(f -> f.plain("DataTime")).distinct().count());
            assertEquals(13, bureau.qns().size(), "a repeated frame keeps its QN");
            assertTrue(client.counts().resent() > 0);
            assertEquals(List.of(new BureauDay("2026-03-14", 12, 12, 0)), client.days(5));
        }
    }

    @Test
    void keepsWhatIsDueOverAnOutageAndItsOwnRestart() throws IOException {
        int port;
        try (TestBureau bureau = new TestBureau(0, n -> Habit.ACKNOWLEDGE)) {
            port = bureau.port();
            start(port);
            minutes(3);
            sentAll();
        }
        minutes(30);
        await("read", () -> runner.lag() == 0);
        assertEquals(33, client.waiting());
        assertEquals(30, client.missing());
        stop();
        start(port);
        minutes(2);
        try (TestBureau bureau = new TestBureau(port, n -> Habit.ACKNOWLEDGE)) {
            sentAll();
            assertEquals(32, bureau.of("2011").size());
            assertEquals("20260314090300", bureau.of("2011").get(0).plain("DataTime"));
            assertEquals(0, client.missing());
        }
    }

    private static String history(String qn, String cn, String password, String from, String to) {
        return "QN=" + qn + ";ST=39;CN=" + cn + ";PW=" + password + ";MN=M;Flag=5;CP=&&BeginTime=" + from + ",EndTime=" + to + "&&";
    }

    private static List<String> answered(TestBureau bureau, String qn) {
        return bureau.answers.stream().filter(f -> f.get("QN").equals(qn))
                .map(f -> f.cn() + f.plain("QnRtn") + " " + f.plain("ExeRtn")).map(String::strip).toList();
    }

    @Test
    void sendsTheMinutesAndHoursThatTheBureauAsksForAgain() throws IOException {
        try (TestBureau bureau = new TestBureau(0, n -> Habit.ACKNOWLEDGE)) {
            start(bureau.port());
            minutes(130);
            sentAll();
            List<Hj212Frame> before = bureau.of("2051");
            bureau.say(history("20260314120000001", "2051", "123456", "20260314091000", "20260314093000"));
            bureau.say(history("20260314120000001", "2051", "123456", "20260314091000", "20260314093000"));
            await("carried out", () -> answered(bureau, "20260314120000001").contains("9012 1"));
            List<Hj212Frame> again = bureau.of("2051").subList(before.size(), bureau.of("2051").size());
            assertEquals(List.of("20260314091000", "20260314092000", "20260314093000"),
                    again.stream().map(f -> f.plain("DataTime")).toList());
            assertEquals(before.get(1).groups(), again.get(0).groups());
            assertTrue(again.stream().noneMatch(f -> before.stream().anyMatch(b -> b.get("QN").equals(f.get("QN")))), "QNs of their own");
            bureau.say(history("20260314120000002", "2061", "123456", "20260314080000", "20260314230000"));
            await("hours", () -> answered(bureau, "20260314120000002").equals(List.of("90111", "9012 1")));
            assertEquals(2, bureau.of("2061").stream().filter(f -> f.plain("DataTime").equals("20260314090000")).count());
            bureau.say(history("20260314120000003", "2051", "123456", "20250314080000", "20250314230000"));
            await("nothing", () -> answered(bureau, "20260314120000003").equals(List.of("90111", "9012 100")));
            assertEquals(List.of(new BureauDay("2026-03-14", 130, 130, 0)), client.days(5), "what is sent again is not counted twice");
        }
    }

    @Test
    void whatTheBureauAskedForOutlivesARestartAndAStrangerGetsNothing() throws IOException {
        String[][] strangers = {{"1", "654321", "20260314091000"}, {"2", "123456", "when"}, {"3", "123456", "20260315000000"}};
        try (TestBureau bureau = new TestBureau(0, n -> Habit.ACKNOWLEDGE)) {
            start(bureau.port());
            minutes(35);
            sentAll();
            int before = bureau.qns().size();
            for (String[] stranger : strangers) {
                String qn = "2026031412000000" + stranger[0];
                bureau.say(history(qn, "2051", stranger[1], stranger[2], "20260314093000"));
                await("refused", () -> answered(bureau, qn).equals(List.of("90112")));
            }
            bureau.turnsTo(Habit.SILENT);
            bureau.say(history("20260314120000009", "2051", "123456", "20260314090000", "20260314093000"));
            await("agreed", () -> answered(bureau, "20260314120000009").equals(List.of("90111")));
            await("waits", () -> client.waiting() == 4);
            stop();
            bureau.turnsTo(Habit.ACKNOWLEDGE);
            start(bureau.port());
            await("carried out", () -> answered(bureau, "20260314120000009").equals(List.of("90111", "9012 1")));
            assertEquals(before + 3, bureau.qns().size());
        }
    }

    @Test
    void refusesWhatTheBureauAsksOfUs() throws IOException {
        try (TestBureau bureau = new TestBureau(0, n -> Habit.ASK_FIRST)) {
            start(bureau.port());
            minutes(1);
            sentAll();
            await("answer", () -> bureau.answers.size() == 1);
            Hj212Frame answer = bureau.answers.get(0);
            assertEquals(List.of("9011", "20260314100000000", "2"), List.of(answer.cn(), answer.get("QN"), answer.plain("QnRtn")));
        }
    }

    @Test
    void aNewBureauIsNotSentWhatWasBeforeAndNoPasswordIsKept() throws IOException {
        journal.reading("dust-1", 5).pass(60_000).commit();
        try (TestBureau bureau = new TestBureau(0, n -> Habit.SILENT)) {
            start(bureau.port());
            journal.add(new dustwarden.core.Entry.Resumed(journal.now(), "test", journal.refs()));
            minutes(2);
            await("read", () -> runner.lag() == 0);
            assertEquals(2, client.waiting());
            bureau.turnsTo(Habit.ACKNOWLEDGE);
            sentAll();
        }
        stop();
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("forward-")).toList()) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("PW="), file.toString());
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("123456"), file.toString());
            }
        }
    }
}
