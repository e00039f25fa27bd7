package dustwarden.console;

import dustwarden.notify.ReasonWords;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Serves the API of {@code openapi.yaml}, the live stream and the pages; one instance, one event loop. */
public final class ConsoleServer extends VerticleBase {
    /** @param port 0 = any free one */
    public record Settings(String host, int port, ZoneId zone) {}

    private static final long OBSERVATIONS_BYTES_MAX = 2 << 20;
    private static final long BODY_BYTES_MAX = 256 << 10;
    private static final long SWEEP_EVERY_MS = 2_000;
    private static final long ACCOUNTS_EVERY_MS = 1_000;
    /** The router cannot read such an address and would log it as an error of ours. */
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final long LINK_BYTES_MAX = 4 << 10;
    private static final String API = "/api/*";
    private static final String OBSERVATIONS = "/api/v1/observations/*";
    private static final String SESSION = "/api/v1/session";

    private final Settings settings;
    private final ConsoleViews views;
    private final Logins logins;
    private final LiveStream live;
    private final InstantSource clock;
    private final InstantSource wall;
    private final String reasons = "export default " + ReasonWords.forPages() + ";\n";
    private final Connections connections = new Connections(Connections.IDLE_MOST, Connections.REQUEST_MOST);
    private volatile Optional<HttpServer> server = Optional.empty();

    /**
     * @param clock the one that judges: what "now" and "the last 24 hours" mean
     * @param wall the one that logins go by
     */
    public ConsoleServer(
            Settings settings, ConsoleViews views, Logins logins, LiveStream live, InstantSource clock, InstantSource wall) {
        this.settings = settings;
        this.views = views;
        this.logins = logins;
        this.live = live;
        this.clock = clock;
        this.wall = wall;
    }

    @Override
    public Future<?> start() {
        return Contract.load(vertx)
                // Compiling the contract's schemas takes too long for the event loop.
                .compose(contract -> vertx.executeBlocking(() -> api(contract)))
                .compose(api -> vertx.fileSystem()
                        .readFile("web/index.html")
                        .map(page -> router(api, new SecurityHeaders(page.toString()))))
                .compose(this::listen)
                .onSuccess(listening -> {
                    server = Optional.of(listening);
                    live.start(vertx, context);
                    vertx.setPeriodic(SWEEP_EVERY_MS, id -> connections.sweep());
                    vertx.setPeriodic(ACCOUNTS_EVERY_MS, id -> vertx.executeBlocking(() -> {
                        logins.accounts().refresh();
                        return id;
                    }));
                });
    }

    @Override
    public Future<?> stop() {
        live.stop();
        return server.map(HttpServer::close).orElseGet(Future::succeededFuture);
    }

    /** The port it listens on, once started. */
    public int port() {
        return server.orElseThrow(() -> new IllegalStateException("not started")).actualPort();
    }

    private Future<HttpServer> listen(Router router) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setCompressionSupported(true)
                // With an upgrade to be awaited a connection would be known only after its first whole head.
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(120);
        return vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .requestHandler(request -> {
                    connections.began(request);
                    if (BROKEN_ESCAPE.matcher(request.uri()).find()) {
                        ProblemAnswers.refuse(request, new Problem(400, "the address has a % without two hex digits"));
                    } else {
                        router.handle(request);
                    }
                })
                .listen();
    }

    private Router api(OpenAPIContract contract) {
        RouterBuilder builder = RouterBuilder.create(vertx, contract, RequestExtractor.withBodyHandler());
        Answers answers = new Answers(builder, settings.zone(), views);
        new SiteRoutes(views, clock).mount(answers);
        new AlarmRoutes(views).mount(answers);
        new FilingRoutes(views).mount(answers);
        new IntakeRoute(views.intake(), logins).mount(answers);
        new SessionRoutes(logins, vertx, wall).mount(answers);
        new SprayRoutes(views.sprays(), clock).mount(answers);
        new AcknowledgeRoutes(views.acknowledging()).mount(answers);
        answers.raw("live", this::listenLive);
        return builder.createRouter();
    }

    private Router router(Router api, SecurityHeaders headers) {
        Router router = Router.router(vertx);
        router.route().failureHandler(new ProblemAnswers());
        router.route().handler(headers);
        // Whatever a device says of its body, the bytes are taken as they came; a form or multipart body would not be kept.
        router.post(OBSERVATIONS).handler(context -> {
            context.request().headers().set("Content-Type", "application/json");
            context.next();
        });
        router.post(OBSERVATIONS).handler(BodyHandler.create(false).setBodyLimit(OBSERVATIONS_BYTES_MAX));
        router.route(API).handler(this::checkLogin);
        router.route(API).handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
        router.route(AcknowledgeRoutes.PATH + "*").handler(BodyHandler.create(false).setBodyLimit(LINK_BYTES_MAX));
        router.route("/*").subRouter(api);
        router.get("/openapi.yaml").handler(context -> context.response()
                .putHeader("Content-Type", "application/yaml; charset=utf-8")
                .sendFile(Contract.FILE)
                .onFailure(context::fail));
        router.get("/app/words/reasons.js").handler(context -> context.response()
                .putHeader("Content-Type", "text/javascript; charset=utf-8")
                .putHeader("Cache-Control", "public, max-age=60")
                .end(reasons));
        router.get("/webjars/*").handler(pages("META-INF/resources/webjars").setMaxAgeSeconds(31_536_000));
        router.get().handler(pages("web").setMaxAgeSeconds(60));
        router.route().handler(context -> context.fail(404));
        return router;
    }

    private static StaticHandler pages(String root) {
        return StaticHandler.create(root).setDirectoryListing(false).setIncludeHidden(false);
    }

    private void checkLogin(RoutingContext context) {
        HttpMethod method = context.request().method();
        String path = context.normalizedPath();
        boolean opening = path.equals(SESSION) && (method == HttpMethod.POST || method == HttpMethod.DELETE);
        boolean device = method == HttpMethod.POST && path.startsWith("/api/v1/observations/");
        Optional<Logins.Login> login = logins.of(context.request());
        login.ifPresent(found -> Answers.logIn(context, found));
        if (opening || device || login.isPresent()) {
            context.next();
        } else {
            context.fail(new Problem(401, "send the administrator's token, or log in on the page"));
        }
    }

    private Future<?> listenLive(Arguments asked) {
        HttpServerRequest request = asked.context().request();
        connections.streams(request);
        Supplier<Optional<Sight>> sights =
                () -> logins.of(request).map(login -> Sight.of(login.account(), views.register().get()));
        return live.add(request.response(), asked.text("site"), sights)
                ? Future.succeededFuture()
                : Future.failedFuture(new Problem(503, "too many listeners; try again later"));
    }
}
