package dustwarden.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotifyTestCommandTest {
    @TempDir
    Path directory;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile String answer = "{\"errcode\":0,\"errmsg\":\"ok\"}";
    private HttpServer server;
    private Path config;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] text = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/robot/send?access_token=topsecrettoken";
        config = Files.writeString(directory.resolve("dust.yaml"), """
                notify:
                  channels:
                    robot: {kind: dingtalk, url: "%s", secret: SECverysecret}
                """.formatted(url));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsOneMessageAndPrintsTheAnswer() {
        CommandRun run = CommandRun.of("notify", "test", "robot", "--config", config.toString());
        assertEquals(0, run.exit(), run.err());
        assertTrue(run.out().contains("robot: sent") && run.out().contains("\"errcode\":0"), run.out());
        assertEquals(1, bodies.size());
        assertTrue(bodies.get(0).contains("【测试】监管平台"), bodies.get(0));
    }

    @Test
    void aRefusalIsExitCode1AndShowsNoSecret() {
        answer = "{\"errcode\":310000,\"errmsg\":\"sign not match topsecrettoken\"}";
        CommandRun run = CommandRun.of("notify", "test", "robot", "--config", config.toString());
        assertEquals(1, run.exit());
        assertTrue(run.out().contains("310000"), run.out());
        assertFalse((run.out() + run.err()).contains("secret"), run.out());
    }

    @Test
    void anUnknownChannelIsBadUsage() {
        CommandRun run = CommandRun.of("notify", "test", "robto", "--config", config.toString());
        assertEquals(2, run.exit());
        assertTrue(run.err().contains("log, robot"), run.err());
    }
}
