package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import dustwarden.core.decode.Decoded;
import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Answer.Standing;
import dustwarden.core.decode.Hj212Decoder;
import dustwarden.core.decode.Hj212Seal;
import dustwarden.core.model.Register;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HJ 212 server as a platform: whom it answers what, and what it asks by itself. */
class Hj212GatewayTest {
    private static final Hj212Seal SEAL = new Hj212Seal("key".getBytes(StandardCharsets.UTF_8));
    /** 09:00:00 in China. */
    private static final Instant NOW = Instant.parse("2026-03-14T01:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final TestJournal journal = new TestJournal();
    private final Thread journaling = new Thread(this::journal, "journal");
    private volatile Instant now = NOW;
    private volatile boolean stopped;
    private volatile OptionalLong lastHeard = OptionalLong.empty();
    private Hj212Intake intake;

    private final Hj212Register register = new Hj212Register() {
        @Override
        public Standing standing(String mn, String passwordHash) {
            return !mn.startsWith("SITE") ? Standing.UNKNOWN_MN
                    : passwordHash.equals(SEAL.hash("123456")) ? Standing.KNOWN : Standing.BAD_PASSWORD;
        }

        @Override
        public long silenceMs(String mn) {
            return 180_000;
        }

        @Override
        public OptionalLong lastHeard(String mn) {
            return lastHeard;
        }
    };

    private void deploy(Hj212Ask ask) throws Exception {
        intake = new Hj212Intake(Hj212Listener.on("127.0.0.1", 0), SEAL, journal.inbox, register, ask, () -> now);
        vertx.deployVerticle(intake).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        journaling.start();
    }

    private void journal() {
        while (!stopped) {
            journal.take().acknowledge();
        }
    }

    @AfterEach
    void stop() throws Exception {
        stopped = true;
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        journaling.join();
    }

    /** A device at the other end of the line. */
    private final class Peer implements AutoCloseable {
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), intake.port());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));

        Peer() throws IOException {
            socket.setSoTimeout(20_000);
        }

        void say(String segment) throws IOException {
            socket.getOutputStream().write(Hj212Answer.frame(segment));
            socket.getOutputStream().flush();
        }

        /** The data segment of the next frame. */
        String hear() throws IOException {
            String line = in.readLine();
            assertTrue(line.startsWith("##"), line);
            return line.substring(6, line.length() - 4);
        }

        void hearsNothing() throws IOException {
            socket.setSoTimeout(400);
            assertThrows(SocketTimeoutException.class, in::read);
            socket.setSoTimeout(20_000);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static String said(String cn, int flag, String cp) {
        return "QN=20260314090001001;ST=39;CN=" + cn + ";PW=123456;MN=SITE0001;Flag=" + flag + ";CP=&&" + cp + "&&";
    }

    private static String qn(String segment) {
        return segment.substring(3, 20);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "2011, 5, 123456, SITE0001, CN=9014;PW=123456;MN=SITE0001;Flag=4;CP=&&&&",
        "2051, 7, 123456, SITE0001, CN=9014;PW=123456;MN=SITE0001;Flag=4;CP=&&&&",
        "2081, 1, 123456, SITE0001, CN=9014;PW=123456;MN=SITE0001;Flag=4;CP=&&&&",
        "3020, 9, 123456, SITE0001, CN=9014;PW=123456;MN=SITE0001;Flag=8;CP=&&&&",
        "9015, 9, 123456, SITE0001, CN=9013;PW=123456;MN=SITE0001;Flag=8;CP=&&&&",
        "1012, 5, 123456, SITE0001, CN=9011;PW=123456;MN=SITE0001;Flag=4;CP=&&QnRtn=8&&",
        "1014, 9, 123456, SITE0001, CN=9011;PW=123456;MN=SITE0001;Flag=8;CP=&&QnRtn=2&&",
        "2011, 5, 654321, SITE0001, CN=9011;PW=654321;MN=SITE0001;Flag=4;CP=&&QnRtn=3&&",
        "2011, 5, 123456, OTHER001, CN=9011;PW=123456;MN=OTHER001;Flag=4;CP=&&QnRtn=4&&",
        "2011, 4, 123456, SITE0001, -",
        "2011, 4, 123456, OTHER001, -",
        "9013, 5, 123456, SITE0001, -",
    })
    void answersWhatIsAskedForUnderItsQn(String cn, int flag, String password, String mn, String answer) throws Exception {
        deploy(Hj212Ask.nothing());
        try (Peer device = new Peer()) {
            device.say(said(cn, flag, "DataTime=20260314090000;a34002-Rtd=9").replace("123456", password).replace("SITE0001", mn));
            if (answer == null) {
                device.hearsNothing();
            } else {
                assertEquals("QN=20260314090001001;ST=91;" + answer, device.hear());
            }
            assertEquals(mn.equals("OTHER001") ? 1 : 0, intake.counts().unknown());
        }
    }

    @Test
    void whoAsksForTheTimeIsToldAndSet() throws Exception {
        deploy(Hj212Ask.nothing());
        try (Peer device = new Peer()) {
            device.say(said("1013", 5, "PolId=a34002"));
            assertEquals("QN=20260314090001001;ST=91;CN=9013;PW=123456;MN=SITE0001;Flag=4;CP=&&&&", device.hear());
            String set = device.hear();
            assertEquals(";ST=39;CN=1012;PW=123456;MN=SITE0001;Flag=5;CP=&&SystemTime=20260314090000&&", set.substring(20));
        }
    }

    @Test
    void readsTheClockAndTheIntervalsAndSetsWhatIsOff() throws Exception {
        deploy(new Hj212Ask(Optional.of(Duration.ofDays(1)), Optional.of(Duration.ofMinutes(1)),
                Optional.of(Duration.ofMinutes(10)), false, Duration.ofSeconds(10), 3));
        try (Peer device = new Peer()) {
            device.say(said("2011", 4, "DataTime=20260314090000;a34002-Rtd=9"));
            answered(device, "CN=1011;", "SystemTime=20260314080000");
            answered(device, "CN=1061;", "RtdInterval=60");
            answered(device, "CN=1063;", "MinInterval=5");
            carriedOut(device, device.hear(), "CN=1012;", "&&SystemTime=20260314090000&&");
            carriedOut(device, device.hear(), "CN=1064;", "&&MinInterval=10&&");
            device.hearsNothing();
            Await.until("all done", () -> intake.asked().get("done") == 5);
        }
    }

    private static void answered(Peer device, String cn, String value) throws IOException {
        String request = device.hear();
        assertTrue(request.contains(cn) && request.contains("Flag=5"), request);
        String qn = qn(request);
        device.say("QN=" + qn + ";ST=91;CN=9011;PW=123456;MN=SITE0001;Flag=4;CP=&&QnRtn=1&&");
        device.say("QN=" + qn + ";ST=39;" + cn + "PW=123456;MN=SITE0001;Flag=4;CP=&&" + value + "&&");
        device.say("QN=" + qn + ";ST=91;CN=9012;PW=123456;MN=SITE0001;Flag=4;CP=&&ExeRtn=1&&");
    }

    private static void carriedOut(Peer device, String request, String cn, String cp) throws IOException {
        assertTrue(request.contains(cn) && request.endsWith(cp), request);
        device.say("QN=" + qn(request) + ";ST=91;CN=9011;PW=123456;MN=SITE0001;Flag=4;CP=&&QnRtn=1&&");
        device.say("QN=" + qn(request) + ";ST=91;CN=9012;PW=123456;MN=SITE0001;Flag=4;CP=&&ExeRtn=1&&");
    }

    @Test
    void asksForTheMinutesOfAGapThenForItsHoursAndTakesThem() throws Exception {
        lastHeard = OptionalLong.of(NOW.minusSeconds(3_600).toEpochMilli());
        deploy(new Hj212Ask(Optional.empty(), Optional.empty(), Optional.empty(), true, Duration.ofSeconds(10), 3));
        try (Peer device = new Peer()) {
            device.say(said("2011", 4, "DataTime=20260314090000;a34002-Rtd=9"));
            String request = device.hear();
            assertTrue(request.endsWith("CN=2051;PW=123456;MN=SITE0001;Flag=5;CP=&&"
                    + "BeginTime=20260314080000;EndTime=20260314090000&&"), request);
            device.say("QN=" + qn(request) + ";ST=91;CN=9011;PW=123456;MN=SITE0001;Flag=4;CP=&&QnRtn=1&&");
            for (int i = 0; i < 6; i++) {
                String qn = "2026031409000200" + i;
                device.say("QN=" + qn + ";ST=39;CN=2051;PW=123456;MN=SITE0001;Flag=5;CP=&&DataTime=202603140" + "8" + i
                        + "000;a34002-Avg=9&&");
                assertTrue(device.hear().startsWith("QN=" + qn + ";ST=91;CN=9014;"));
            }
            device.say("QN=" + qn(request) + ";ST=91;CN=9012;PW=123456;MN=SITE0001;Flag=4;CP=&&ExeRtn=1&&");
            String hours = device.hear();
            assertTrue(hours.endsWith("CN=2061;PW=123456;MN=SITE0001;Flag=5;CP=&&"
                    + "BeginTime=20260314080000;EndTime=20260314090000&&"), hours);
            device.say("QN=" + qn(hours) + ";ST=91;CN=9012;PW=123456;MN=SITE0001;Flag=4;CP=&&ExeRtn=100&&");
            Await.until("done", () -> intake.asked().get("done") == 2);
            device.hearsNothing();
            assertEquals(10, journal.entries().size());
        }
    }

    @Test
    void repeatsAnUnansweredRequestUnderItsQnAndThenAsksThatLineNoMore() throws Exception {
        deploy(new Hj212Ask(Optional.of(Duration.ofDays(1)), Optional.empty(), Optional.of(Duration.ofMinutes(10)), false,
                Duration.ofSeconds(10), 2));
        try (Peer device = new Peer()) {
            device.say(said("2011", 4, "DataTime=20260314090000;a34002-Rtd=9"));
            String first = device.hear();
            device.hearsNothing();
            for (int i = 0; i < 2; i++) {
                now = now.plusSeconds(10);
                assertEquals(first, device.hear());
            }
            now = now.plusSeconds(10);
            Await.until("given up", () -> intake.asked().get("timed-out") == 1);
            device.say(said("2011", 4, "DataTime=20260314090000;a34002-Rtd=9"));
            device.hearsNothing();
            assertEquals(1, intake.asked().get("asked"));
        }
        try (Peer again = new Peer()) {
            again.say(said("2011", 4, "DataTime=20260314090000;a34002-Rtd=9"));
            assertTrue(again.hear().contains("CN=1011;"));
        }
    }

    @Test
    void whoDripsAFrameByteByByteIsCutOff() throws Exception {
        deploy(Hj212Ask.nothing());
        try (Peer slow = new Peer()) {
            slow.socket.getOutputStream().write("##0100QN=2026".getBytes(StandardCharsets.US_ASCII));
            Await.until("there", () -> intake.counts().connections() == 1);
            slow.hearsNothing();
            intake.tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(50));
            slow.hearsNothing();
            slow.socket.getOutputStream().write('0');
            intake.tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(61));
            assertEquals(-1, slow.in.read());
            Await.until("what it sent is kept", () -> journal.entries().size() == 1);
            assertEquals(1, intake.counts().slow());
        }
    }

    @Test
    void anExchangeRunsOutOfPatienceAsTheStandardSays() {
        Hj212Ask terms = new Hj212Ask(Optional.empty(), Optional.empty(), Optional.empty(), false, Duration.ofSeconds(10), 3);
        Hj212Exchange exchange = new Hj212Exchange("20260314090000000", "1011", "", terms, 0);
        assertFalse(exchange.isDue(9_999));
        for (int i = 1; i <= 3; i++) {
            assertTrue(exchange.isDue(i * 10_000));
            assertFalse(exchange.isDue(i * 10_000 + 9_999));
        }
        assertFalse(exchange.isDue(40_000));
        assertEquals(Hj212Exchange.State.TIMED_OUT, exchange.state());
    }

    @Test
    void aRecordedHourOfAGatewayIsAccountedForLineByLine() throws Exception {
        byte[] hour;
        try (InputStream in = new GZIPInputStream(Hj212GatewayTest.class.getResourceAsStream("/hj212/recorded-hour.h212.gz"))) {
            hour = in.readAllBytes();
        }
        List<String> lines = new ArrayList<>();
        for (String line : new String(hour, StandardCharsets.ISO_8859_1).split("\n")) {
            lines.add(line.replaceAll("\r+$", ""));
        }
        deploy(Hj212Ask.nothing());
        try (Peer gateway = new Peer()) {
            gateway.socket.getOutputStream().write(hour);
            gateway.socket.getOutputStream().flush();
            Await.until("every line", () -> journal.entries().size() == lines.size());
        }
        Register nobody = new Register(List.of());
        int refused = 0;
        for (int i = 0; i < lines.size(); i++) {
            Entry.Frame entry = (Entry.Frame) journal.entries().get(i);
            String sent = lines.get(i).replaceAll("PW=[^;]*", "PW=" + SEAL.hash("123456"));
            assertEquals(sent, new String(entry.frame(), StandardCharsets.ISO_8859_1));
            Decoded alone = Hj212Decoder.decodeRaw(lines.get(i).getBytes(StandardCharsets.ISO_8859_1), false);
            String reason = ((Decoded.Rejected) Hj212Decoder.decode(entry.frame(), entry.note(), nobody, 0).decoded()).reason();
            assertEquals(alone instanceof Decoded.Rejected r ? r.reason() : "unknown-mn", reason);
            refused += alone instanceof Decoded.Rejected ? 1 : 0;
        }
        assertEquals(9_208, lines.size());
        assertEquals(4, refused);
        assertEquals(283, intake.counts().unknown());
    }
}
