package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who wants to harm a running {@code serve} over the network or by a second start of it. */
class HostileIT {
    private static final String TOKEN = "admin-token-of-the-hostile-it";
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final long GROWTH_KIB_MAX = 200 << 10;
    private static Path temp;
    private static PackagedJar serve;
    private static Api api;
    private static URI console;
    private static long memoryAtFirst;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        temp = directory;
        Path register = Files.createDirectories(temp.resolve("register"));
        Files.copy(Path.of("devices/sites/xx-hongqi-01.yaml"), register.resolve("xx-hongqi-01.yaml"));
        serve = PackagedJar.onFreePorts(temp, arguments(temp.resolve("data")));
        api = serve.api(TOKEN);
        console = URI.create(serve.ready());
        for (int i = 0; i < 200; i++) {
            api.json("/api/v1/sites");
        }
        memoryAtFirst = residentKib();
    }

    @AfterAll
    static void nothingHangsNothingLeaksNothingIsTold() throws Exception {
        try {
            Await.until("memory is given back" + residentKib() + " after " + memoryAtFirst, MOST,
                    () -> residentKib() < memoryAtFirst + GROWTH_KIB_MAX);
            assertEquals(0, serve.terminate(Duration.ofSeconds(30)), serve.toString());
            assertFalse(serve.said().contains("\tat "), "a stack trace" + serve);
            assertFalse(serve.said().contains(TOKEN), "the token is in the log");
        } finally {
            serve.close();
        }
    }

    @AfterEach
    void itStillAnswersAtOnce() {
        long began = System.nanoTime();
        assertEquals(1, api.json("/api/v1/sites").get("items").size());
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(5).toNanos(), "slow");
        assertEquals(200, new Api(serve.management(), java.util.Optional.empty()).get("/livez").statusCode());
    }

    private static String[] arguments(Path data, String... more) {
        List<String> all = new ArrayList<>(List.of("serve"));
        for (String setting : List.of("data=" + data, "register=" + temp.resolve("register"), "http.host=127.0.0.1",
                "mqtt.port=0", "auth.token=" + TOKEN)) {
            all.addAll(List.of("--set", setting));
        }
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + serve.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(console.getHost(), console.getPort()), 10_000);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** What comes back until the other side closes or says nothing for some seconds. */
    private static String answer(Socket socket) {
        java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
        byte[] chunk = new byte[4_096];
        try {
            socket.setSoTimeout(5_000);
            for (int n = socket.getInputStream().read(chunk); n >= 0 && read.size() < 1 << 16; n = socket.getInputStream().read(chunk)) {
                read.write(chunk, 0, n);
            }
        } catch (IOException cutOffOrSilent) {
            // what was read until then is the answer
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (IOException cutOff) {
                return answer(socket);
            }
            return answer(socket);
        }
    }

    private static String get(String target, String... headers) throws IOException {
        return raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
    }

    private static int status(String answer) {
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    private void refusedWithASentence(PackagedJar second, String word) {
        try (second) {
            assertEquals(1, second.exit(MOST), second.toString());
            assertTrue(second.said().contains(word), second.toString());
            assertFalse(second.said().contains("\tat "), "a stack trace" + second);
        }
    }

    @Test
    void aSecondInstanceOnTheSameDataIsRefused() {
        refusedWithASentence(PackagedJar.onFreePorts(temp, arguments(temp.resolve("data"))), "data");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            for (String key : List.of("http.port", "management.port", "hj212.port", "mqtt.port")) {
                List<String> line = new ArrayList<>(List.of(PackagedJar.withFreePorts(arguments(
                        temp.resolve("other-" + key), "--set", "management.host=127.0.0.1", "--set", "hj212.host=127.0.0.1"))));
                line.addAll(List.of("--set", key + "=" + port));
                refusedWithASentence(PackagedJar.run(temp, line.toArray(String[]::new)), port);
            }
        }
    }

    @Test
    void aBodyOfTenMegabytesIsRefusedWhereverItGoes() throws Exception {
        String body = "[" + "1,".repeat(5 << 20) + "1]";
        for (String path : List.of("/api/v1/observations/xx-hongqi-01/dust-1/reading", "/api/v1/alarms/0/acknowledge", "/api/v1/session")) {
            int status;
            try {
                status = api.post(path, body).statusCode();
            } catch (java.io.UncheckedIOException cutOff) {
                status = 413; // the connection ended before the body did
            }
            assertEquals(413, status, path);
        }
        String endless = "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + ("10000\r\n" + "x".repeat(0x10000) + "\r\n").repeat(20);
        assertTrue(List.of(0, 413).contains(status(raw(endless))));
    }

    @Test
    void whoSendsDropByDropHoldsUpNobodyAndIsCutOff() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Socket socket = connect();
            socket.getOutputStream().write((i % 2 == 0
                            ? "GET /api/v1/sites HTTP/1.1\r\nHost: a\r\nX-Slow: "
                            : "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        itStillAnswersAtOnce();
        Socket head = slow.get(0);
        Await.until("a head that never ends is cut off", MOST, () -> {
            head.getOutputStream().write('x');
            head.setSoTimeout(200);
            return isClosed(head);
        });
        for (Socket socket : slow) {
            socket.close();
        }
    }

    private static boolean isClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void listenersThatNeverReadHoldUpNobody() throws Exception {
        List<Socket> listeners = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(console.getHost(), console.getPort()), 10_000);
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("GET /api/v1/live HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            listeners.add(socket);
        }
        Socket reader = listeners.get(0);
        long now = System.currentTimeMillis();
        for (int i = 0; i < 3_000; i++) {
            String reading = "{\"ts\":" + (now - 4_000_000 + i) + ",\"values\":{\"pm10\":" + i % 400 + "}}";
            if (i % 50 == 0) {
                itStillAnswersAtOnce();
            }
            api.post("/api/v1/observations/xx-hongqi-01/dust-1/reading", "[" + reading + "]");
        }
        String heard = new String(readUntil(reader.getInputStream(), "event: reading"), StandardCharsets.UTF_8);
        assertTrue(heard.contains("200 OK"), heard);
        for (Socket socket : listeners) {
            socket.close();
        }
    }

    private static byte[] readUntil(InputStream in, String word) throws IOException {
        java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
        byte[] chunk = new byte[4_096];
        while (!read.toString(StandardCharsets.UTF_8).contains(word)) {
            int n = in.read(chunk);
            if (n < 0) {
                throw new IOException("ended: " + read);
            }
            read.write(chunk, 0, n);
        }
        return read.toByteArray();
    }

    @Test
    void aCursorThatWeNeverGaveIsNoErrorOfOurs() {
        List<String> lists = List.of("/api/v1/sites?", "/api/v1/alarms?", "/api/v1/notices?", "/api/v1/ranking?", "/api/v1/rulebooks?",
                "/api/v1/sites/xx-hongqi-01/devices?", "/api/v1/sites/xx-hongqi-01/passages?",
                "/api/v1/sites/xx-hongqi-01/series?quantity=pm10&", "/api/v1/sites/xx-hongqi-01/series?quantity=pm10&period=PT1H&");
        for (String list : lists) {
            for (String cursor : List.of("nonsense", "-1", "99999999999999999999999", "9223372036854775807", "\u0000", "' OR 1=1 --",
                    "😀", "1".repeat(300), "", "[]", "null", "a|b|c", "-9223372036854775808", "1e3", "2147483648")) {
                String path = list + "cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
                HttpResponse<String> answer = api.get(path);
                assertTrue(List.of(200, 400).contains(answer.statusCode()), path + " " + answer.statusCode() + answer.body());
                assertTrue(answer.statusCode() == 200
                        || answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json"), path);
            }
        }
    }

    @Test
    void noPathLeadsOutOfThePages() throws Exception {
        for (String path : List.of("/../../../../etc/passwd", "/..%2f..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                "/webjars/../../../etc/passwd", "/webjars/%2e%2e/%2e%2e/logback.xml", "/webjars/..%5c..%5clogback.xml",
                "/%c0%ae%c0%ae/etc/passwd",
                "/%252e%252e/etc/passwd", "/app/%00/../../logback.xml", "/../logback.xml", "/..;/logback.xml", "//etc/passwd",
                "/META-INF/MANIFEST.MF", "/web/../openapi.yaml/..", "/.git/config", "/%", "/%zz", "/api/v1/../../logback.xml",
                "/api/v1/sites/..%2f..%2f", "/api/v1/alarms/..%2f/evidence", "http://evil.example/", "*", "/\u00e4\u00ff")) {
            String answer = get(path, "Authorization: Bearer " + TOKEN);
            int status = status(answer);
            assertTrue(status >= 200 && status < 500, path + " is answered: " + answer);
            assertFalse(answer.contains("root:") || answer.contains("<configuration") || answer.contains("Manifest-Version"), path);
        }
    }

    @Test
    void hostsHeadersAndLinesOfAnySizeAreAnsweredOrCutOff() throws Exception {
        assertEquals(401, status(get("/api/v1/sites", "X-Forwarded-Host: evil.example")));
        for (String host : List.of("evil.example", "a".repeat(5_000), "", "[::1", "a b")) {
            String answer = raw("GET /api/v1/sites HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertTrue(status(answer) < 500, host + answer);
            assertFalse(answer.contains("evil.example"), answer);
        }
        List<String> floods = List.of(
                "GET / HTTP/1.1\r\n" + "X-A: b\r\n".repeat(200_000) + "\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(5 << 20) + "\r\n\r\n",
                "GET /" + "x".repeat(1 << 20) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/v1/sites?" + "limit=1&".repeat(900) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nCookie: " + "a=b; ".repeat(1_500) + "\r\nConnection: close\r\n\r\n",
                "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 500\r\n\r\nhello",
                "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST /api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001",
                "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n", "NONSENSE\r\n\r\n", "GET\r\n\r\n");
        for (String flood : floods) {
            int status = status(raw(flood));
            assertTrue(status < 500 || status == 501 || status == 505, status + " " + flood.substring(0, Math.min(60, flood.length())));
        }
    }

    @Test
    void guessingPasswordsIsSlowedDownAndHashingHoldsUpNobody() {
        List<Integer> said = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            said.add(new Api(serve.ready(), java.util.Optional.empty())
                    .post("/api/v1/session", "{\"account\":\"root\",\"password\":\"guess " + i + "\"}")
                    .statusCode());
        }
        assertTrue(said.contains(401) && said.contains(429), said.toString());
    }

    @Test
    void jsonThatIsDeepOrStrangeIsRefused() {
        for (String body : List.of("[".repeat(50_000), "{\"a\":".repeat(20_000), "\u0000", "{\"account\":{\"$ne\":1}}", "{\"token\":[]}",
                "{\"token\":\"" + "x".repeat(100_000) + "\"}", "null", "\"\"", "1e999999999")) {
            int status = new Api(serve.ready(), java.util.Optional.empty()).post("/api/v1/session", body).statusCode();
            assertTrue(List.of(400, 401, 413).contains(status), status + " " + body.substring(0, Math.min(40, body.length())));
            int act = api.post("/api/v1/alarms/0000000000000000/acknowledge", body).statusCode();
            assertTrue(List.of(400, 404, 413).contains(act), act + " " + body.substring(0, Math.min(40, body.length())));
        }
    }

    @Test
    void theManagementPortTakesNoRubbishEither() throws Exception {
        Api management = new Api(serve.management(), java.util.Optional.empty());
        for (String path : List.of("/", "/metrics/../x", "/%00", "/api/v1/sites", "/livez/")) {
            assertEquals(404, management.get(path).statusCode(), path);
        }
        LockSupport.parkNanos(1);
    }
}
