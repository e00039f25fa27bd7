package dustwarden.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.Entry;
import dustwarden.core.decode.Hj212Answer;
import dustwarden.core.decode.Hj212Seal;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Hj212IntakeTest {
    private static final Hj212Seal SEAL = new Hj212Seal("key".getBytes(StandardCharsets.UTF_8));

    private final Vertx vertx = Vertx.vertx();
    private final List<Socket> sockets = new ArrayList<>();
    private TestJournal journal = new TestJournal();
    private Hj212Intake intake;

    private void deploy(Hj212Listener listener) throws Exception {
        intake = new Hj212Intake(listener, SEAL, journal.inbox);
        vertx.deployVerticle(intake).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void deploy() throws Exception {
        deploy(Hj212Listener.on("127.0.0.1", 0));
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), intake.port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static String frame(int number, int flag) {
        String segment = "QN=2026031409000" + String.format("%04d", number) + ";ST=39;CN=2011;PW=123456;MN=SITE0001;Flag="
                + flag + ";CP=&&DataTime=20260314090000;a34004-Rtd=" + number + ",a34004-Flag=N&&";
        return new String(Hj212Answer.frame(segment), StandardCharsets.ISO_8859_1);
    }

    private List<Entry.Frame> frames() {
        return journal.take().entries().stream().map(Entry.Frame.class::cast).toList();
    }

    private static String text(Entry.Frame frame) {
        return new String(frame.frame(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void journalsFramesWhateverWayTheyWereSplitWithoutPasswords() throws Exception {
        deploy();
        Socket device = connect();
        String all = frame(1, 4) + frame(2, 4) + frame(3, 4);
        for (char c : all.substring(0, 200).toCharArray()) {
            send(device, String.valueOf(c));
        }
        send(device, all.substring(200));
        Await.until("three frames", () -> frames().size() == 3);
        for (int i = 0; i < 3; i++) {
            assertTrue(text(frames().get(i)).contains("a34004-Rtd=" + (i + 1)), text(frames().get(i)));
            assertTrue(text(frames().get(i)).contains(SEAL.hash("123456")));
            assertFalse(text(frames().get(i)).contains("PW=123456"));
            assertEquals("127.0.0.1", frames().get(i).peer());
        }
    }

    @Test
    void answersOnlyWhatAsksForItAndOnlyAfterTheJournal() throws Exception {
        deploy();
        Socket device = connect();
        send(device, frame(1, 4) + frame(2, 5));
        Await.until("two frames", () -> frames().size() == 2);
        device.setSoTimeout(300);
        assertThrows(SocketTimeoutException.class, () -> device.getInputStream().read());
        device.setSoTimeout(20_000);
        journal.acknowledge();
        String text = new BufferedReader(new InputStreamReader(device.getInputStream(), StandardCharsets.ISO_8859_1))
                .readLine();
        assertTrue(text.contains("QN=20260314090000002;ST=91;CN=9014;PW=123456;MN=SITE0001;Flag=4;CP=&&&&"), text);
        Await.until("one answer", () -> intake.counts().answered() == 1);
    }

    @Test
    void pausesASenderWhileTheInboxIsFullAndLosesNothing() throws Exception {
        journal = new TestJournal(new Inbox(10, 1 << 20));
        deploy();
        Socket device = connect();
        Thread sender = new Thread(() -> IntStream.range(0, 5_000).forEach(i -> sendQuietly(device, frame(i, 4))));
        sender.start();
        Await.until("a full inbox", () -> journal.inbox.depth() == 10);
        Await.until("all frames", () -> {
            assertTrue(journal.inbox.depth() <= 10);
            return frames().size() == 5_000;
        });
        sender.join();
        List<Entry.Frame> all = frames();
        for (int i = 0; i < all.size(); i++) {
            assertTrue(text(all.get(i)).contains("a34004-Rtd=" + i + ","));
        }
    }

    private static void sendQuietly(Socket device, String text) {
        try {
            send(device, text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closesWhoSendsOnlyRubbishAndKeepsWhatMayBeAFrame() throws Exception {
        deploy();
        Socket hostile = connect();
        Socket device = connect();
        send(hostile, "rubbish\n".repeat(10_000));
        Await.until("closed", () -> intake.counts().rubbish() == 1);
        send(device, "noise\r\n" + frame(1, 4));
        Await.until("noise and frame", () -> frames().stream().anyMatch(f -> text(f).contains("a34004-Rtd=1")));
        assertTrue(frames().size() <= 60, frames().size() + " entries");
        assertTrue(frames().stream().anyMatch(f -> text(f).equals("noise")));
    }

    @Test
    void doesNotWaitForAPeerThatReadsNoAnswers() throws Exception {
        deploy();
        Socket deaf = new Socket();
        sockets.add(deaf);
        deaf.setReceiveBufferSize(4096);
        deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), intake.port()));
        Thread sender = new Thread(() -> {
            try {
                for (int i = 0; i < 200_000; i++) {
                    send(deaf, frame(i % 1000, 5));
                }
            } catch (IOException e) {
                assertTrue(deaf.isConnected());
            }
        });
        sender.start();
        Await.until("closed", () -> {
            journal.take().acknowledge();
            return intake.counts().deaf() == 1;
        });
        Await.until("cut", () -> !sender.isAlive());
    }

    @Test
    void carriesTwoThousandConnectionsAndTurnsFurtherOnesAway() throws Exception {
        deploy(new Hj212Listener("127.0.0.1", 0, 2_000, Duration.ofMinutes(1)));
        for (int i = 0; i < 2_000; i++) {
            connect();
        }
        Await.until("all open", () -> intake.counts().connections() == 2_000);
        for (int i = 0; i < 2_000; i++) {
            send(sockets.get(i), frame(i, 4));
        }
        Await.until("a frame each", () -> frames().size() == 2_000);
        Socket one = connect();
        assertEquals(-1, one.getInputStream().read());
        assertEquals(1, intake.counts().turnedAway());
        for (Socket socket : sockets) {
            socket.close();
        }
        Await.until("all closed", () -> intake.counts().connections() == 0);
    }

    @Test
    void closesWhoIsSilentAndJournalsWhatItLeftIncomplete() throws Exception {
        deploy(new Hj212Listener("127.0.0.1", 0, 10, Duration.ofMillis(100)));
        Socket slow = connect();
        send(slow, frame(1, 4).substring(0, 50));
        assertEquals(-1, slow.getInputStream().read());
        Await.until("the incomplete frame", () -> frames().size() == 1);
    }
}
