package dustwarden.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private RunningConsole console;
    private boolean blockedOnPurpose;

    @BeforeEach
    void start() {
        console = new RunningConsole(RunningConsole.impatient());
    }

    @AfterEach
    void stop() {
        boolean blocked = !console.blocked.isEmpty() && !blockedOnPurpose;
        console.close();
        assertTrue(!blocked, "the event loop was blocked");
    }

    private Socket listen(String query) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", console.server.port()), 5000);
        socket.setSoTimeout(10_000);
        String request = "GET /api/v1/live" + query + " HTTP/1.1\r\nHost: 127.0.0.1:" + console.server.port()
                + "\r\nAuthorization: Bearer " + RunningConsole.TOKEN + "\r\nAccept-Encoding: gzip\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String readUntil(Socket socket, String wanted) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        byte[] chunk = new byte[8192];
        while (read.indexOf(wanted) < 0) {
            int n = in.read(chunk);
            if (n < 0) {
                throw new IOException("ended before " + wanted + ": " + read);
            }
            read.append(new String(chunk, 0, n, StandardCharsets.UTF_8));
        }
        return read.toString();
    }

    private static void until(String claim, BooleanSupplier holds) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!holds.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, claim);
            Thread.onSpinWait();
        }
    }

    private static LiveEvent verdict(String site, String padding) {
        return LiveEvent.verdict(
                site, new JsonObject().put("site", site).put("item", "washing").put("padding", padding).encode());
    }

    @Test
    void deliversWhatHappensWithinTheConnection() throws Exception {
        try (Socket socket = listen("")) {
            String head = readUntil(socket, "event: ping");
            assertTrue(head.contains("text/event-stream"), head);
            console.live.publish(verdict("xx-hongqi-01", ""));
            String event = readUntil(socket, "\"item\":\"washing\"");
            assertTrue(event.contains("event: verdict\ndata: {\"site\":\"xx-hongqi-01\""), event);
            console.live.publish(LiveEvent.alarm("xx-hongqi-01", FakeViews.alarm().encode()));
            readUntil(socket, "event: alarm");
            console.live.publish(LiveEvent.reading("xx-hongqi-01", "{\"device\":\"dust-1\"}"));
            readUntil(socket, "event: reading");
        }
    }

    @Test
    void pingsKeepTheLineOpen() throws Exception {
        try (Socket socket = listen("")) {
            readUntil(socket, "event: ping");
            readUntil(socket, "event: ping\ndata: {\"now\":\"2026-03-14T09:00:00+08:00\"}");
        }
    }

    @Test
    void aClientOfOneSiteHearsNoOther() throws Exception {
        try (Socket socket = listen("?site=xx-hongqi-01")) {
            readUntil(socket, "event: ping");
            console.live.publish(verdict("other", ""));
            console.live.publish(verdict("xx-hongqi-01", ""));
            String read = readUntil(socket, "event: verdict");
            assertTrue(!read.contains("other"), read);
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutOffAndNotBuffered() throws Exception {
        try (Socket socket = listen("")) {
            readUntil(socket, "event: ping");
            String padding = "x".repeat(64 * 1024);
            until("the stalled client is cut off", () -> {
                console.live.publish(verdict("xx-hongqi-01", padding));
                return console.live.cutOff() == 1;
            });
            assertTrue(console.live.skipped() > 0);
            assertEquals(0, console.live.clients());
        }
    }

    @Test
    void aClientThatFallsBehindIsToldOfTheGap() throws Exception {
        try (Socket socket = listen("")) {
            readUntil(socket, "event: ping");
            String padding = "x".repeat(64 * 1024);
            until("something is skipped", () -> {
                console.live.publish(verdict("xx-hongqi-01", padding));
                return console.live.skipped() > 0;
            });
            readUntil(socket, "event: gap");
        }
    }

    @Test
    void aBlockedLoopWouldBeHeard() throws Exception {
        blockedOnPurpose = true;
        long end = System.nanoTime() + Duration.ofMillis(2600).toNanos();
        console.vertx.runOnContext(now -> {
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        });
        until("the warning is heard", () -> !console.blocked.isEmpty());
    }

    @Test
    void theNumberOfListenersIsBounded() throws Exception {
        try (Socket first = listen(""); Socket second = listen("")) {
            readUntil(first, "event: ping");
            readUntil(second, "event: ping");
            try (Socket third = listen("")) {
                assertTrue(readUntil(third, "\r\n").contains("503"));
            }
        }
        until("the gone are forgotten", () -> console.live.clients() == 0);
    }
}
