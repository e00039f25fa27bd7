package dustwarden.console;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.internal.threadchecker.BlockedThreadChecker;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/** A console on a free port over fakes; says whether anything blocked its event loop. */
final class RunningConsole implements AutoCloseable {
    static final String TOKEN = "a-token-of-the-test";
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-14T01:00:00Z"));

    final FakeViews views = new FakeViews();
    final Path data = data();
    final Logins logins = new Logins(TOKEN, new Accounts(new AccountFile(data)), CLOCK);
    final List<String> blocked = new CopyOnWriteArrayList<>();
    final Vertx vertx;
    final LiveStream live;
    final ConsoleServer server;
    final WebClient client;
    private final Logger checker = (Logger) LoggerFactory.getLogger(BlockedThreadChecker.LOGGER_NAME);
    private final Ear ear = new Ear();

    RunningConsole(LiveStream.Limits limits) {
        ear.start();
        checker.addAppender(ear);
        vertx = Vertx.vertx(new VertxOptions()
                .setBlockedThreadCheckInterval(50)
                .setMaxEventLoopExecuteTime(TimeUnit.SECONDS.toNanos(2)));
        live = new LiveStream(limits, views);
        server = new ConsoleServer(
                new ConsoleServer.Settings("127.0.0.1", 0, ZoneId.of("Asia/Shanghai")),
                views.all(),
                logins,
                live,
                CLOCK,
                CLOCK);
        await(vertx.deployVerticle(server));
        client = WebClient.create(
                vertx, new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(server.port()));
    }

    private static Path data() {
        try {
            Path directory = Files.createTempDirectory("dustwarden-console-");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunningConsole start() {
        return new RunningConsole(LiveStream.Limits.DEFAULT);
    }

    static LiveStream.Limits impatient() {
        return new LiveStream.Limits(2, Duration.ofSeconds(1), Duration.ofMillis(200), 1000);
    }

    HttpRequest<Buffer> request(HttpMethod method, String uri) {
        return client.request(method, uri).timeout(10_000);
    }

    HttpResponse<Buffer> get(String uri) {
        return await(request(HttpMethod.GET, uri).bearerTokenAuthentication(TOKEN).send());
    }

    HttpResponse<Buffer> post(String uri, String body) {
        return await(request(HttpMethod.POST, uri)
                .bearerTokenAuthentication(TOKEN)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body)));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within 20 s", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
        checker.detachAppender(ear);
    }

    private final class Ear extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            blocked.add(event.getFormattedMessage());
        }
    }
}
