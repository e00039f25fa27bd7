package dustwarden.app.node;

import dustwarden.broker.BrokerLimits;
import dustwarden.broker.BrokerSettings;
import dustwarden.broker.BrokerTls;
import dustwarden.broker.DeviceAccess;
import dustwarden.broker.DeviceId;
import dustwarden.broker.DevicePasswords;
import dustwarden.broker.EmbeddedBroker;
import dustwarden.broker.ServiceLogin;
import dustwarden.console.AccountFile;
import dustwarden.console.Accounts;
import dustwarden.console.ConsoleServer;
import dustwarden.console.ConsoleViews;
import dustwarden.console.LiveEvent;
import dustwarden.console.LiveStream;
import dustwarden.console.Logins;
import dustwarden.console.ManagementServer;
import dustwarden.core.Content;
import dustwarden.core.CoreVersion;
import dustwarden.core.Entry;
import dustwarden.intake.Arrival;
import dustwarden.intake.Inbox;
import dustwarden.intake.JournalWriter;
import dustwarden.intake.MqttIntake;
import dustwarden.intake.MqttSource;
import dustwarden.intake.TimedCheckpoint;
import dustwarden.ledger.Ledger;
import dustwarden.ledger.LedgerContents;
import dustwarden.ledger.StateCodec;
import dustwarden.live.LiveFeed;
import dustwarden.intake.Hj212Intake;
import dustwarden.series.AlarmViews;
import dustwarden.series.CurrentContent;
import dustwarden.series.RecentLog;
import dustwarden.series.SeriesPoints;
import dustwarden.series.SeriesStore;
import dustwarden.series.SiteViews;
import dustwarden.series.ViewRunner;
import dustwarden.settings.Checked;
import dustwarden.settings.Contents;
import dustwarden.settings.Settings;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running Dustwarden: ledger, core, views, broker, intake and console, sinks started before sources and stopped in
 * reverse.
 */
public final class Node implements AutoCloseable {
    private static final int INBOX_ARRIVALS = 20_000;
    private static final long INBOX_BYTES = 64L << 20;
    private static final long START_SECONDS = 60;
    private static final int VIEW_THREADS = 4;
    /** Storing states takes a fiftieth of the journal's thread at most. */
    private static final int STORING_REST = 50;
    private static final ViewRunner.Pace PACE = new ViewRunner.Pace(8_000, Duration.ofMillis(250));
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration SUBSCRIPTION_MOST = Duration.ofSeconds(10);
    private static final Duration TROUBLED_MOST = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(5);

    /**
     * What a node is made of.
     *
     * @param reading reads the content again, when its files have changed
     * @param clock tells received times: the wall's, or the demo's
     * @param version of the product
     */
    public record Plan(
            Settings settings,
            Settings.Purpose purpose,
            Contents contents,
            Supplier<Checked<Contents>> reading,
            Path data,
            Ledger ledger,
            InstantSource wall,
            InstantSource clock,
            String version) {}

    private final Plan plan;
    private final Closing closing = new Closing();
    private final Metrics metrics = new Metrics();
    private final Inbox inbox = new Inbox(INBOX_ARRIVALS, INBOX_BYTES);
    private final NodeStatus status;
    private final LiveStream live;
    private final Logins logins;
    private final JournalWriter writer;
    private final Vertx vertx;
    private final Optional<EmbeddedBroker> broker;
    private final Optional<ServiceLogin> service;
    private final MqttIntake mqtt;
    private volatile boolean up;
    private final Hj212Intake hj212;
    private final ConsoleServer console;
    private final ManagementServer management;
    private final MqttCounter counted = new MqttCounter();
    private final ContentWatch watch;

    private Node(Plan plan) throws Exception {
        this.plan = plan;
        Settings settings = plan.settings();
        closing.add("ledger", plan.ledger()::close);
        watch = new ContentWatch(
                Stream.of(settings.register(), settings.rulebooks(), settings.profiles()).flatMap(Optional::stream).toList(),
                plan.reading(), plan.contents(), plan.ledger(), inbox);
        // Both take most of a start and need nothing of the rest.
        CompletableFuture<Vertx> vertxComing = Beside.begin(
                () -> Vertx.vertx(new VertxOptions().setPreferNativeTransport(false)));
        Optional<DevicePasswords> passwords = settings.mqtt().passwords().map(Node::passwords);
        service = passwords.map(p -> ServiceLogin.random(new SecureRandom()));
        CompletableFuture<Optional<EmbeddedBroker>> brokerComing = Beside.begin(() -> embedded(passwords));
        status = new NodeStatus(plan.version(), plan.clock(), settings.zone());
        live = new LiveStream(LiveStream.Limits.DEFAULT, status);
        logins = new Logins(token(), new Accounts(new AccountFile(plan.data())), plan.wall());
        try {
            plan.ledger().putContents(plan.contents().all().stream()
                    .map(c -> new Ledger.NewContent(c.ref(), c.json().getBytes(StandardCharsets.UTF_8)))
                    .toList());
            Content content = plan.contents().inForce();
            LedgerContents contents = new LedgerContents(plan.ledger());
            contents.known(plan.contents().refs(), content);
            JournaledCore core = JournaledCore.of(plan.ledger(), contents);
            long coreAt = core.restore(plan.ledger().position().applied());
            writer = new JournalWriter(plan.ledger(), inbox, plan.clock(), core, core,
                    new TimedCheckpoint(core, new StateCodec(), CoreVersion.CURRENT, settings.zone(), STORING_REST));
            CurrentContent current = new CurrentContent(contents, content);
            RecentLog recent = new RecentLog(plan.ledger(), contents);
            SeriesStore store = series(plan.data());
            SiteViews sites = new SiteViews(store, current::get);
            Outside outside = Outside.begun(plan, recent, current::get, sites, inbox::offer, closing);
            LiveFeed feed = new LiveFeed(() -> live.clients() > 0);
            feed.add(new LiveBridge(live));
            ViewRunner series = new ViewRunner(recent, store, PACE, batch -> {
                feed.accept(batch);
                outside.stored(batch);
                metrics.tolerated().count(batch);
            });
            closing.add("series view", series::close);
            AlarmViews alarms = new AlarmViews(store);
            vertx = vertxComing.get(START_SECONDS, TimeUnit.SECONDS);
            closing.add("vertx", () -> vertx.close().await(START_SECONDS, TimeUnit.SECONDS));
            Ask ask = new Ask(vertx.createSharedWorkerExecutor("views", VIEW_THREADS));
            ActDesk acts = new ActDesk(vertx, inbox::offer, ask, alarms::one);
            writer.onEntries(recent::entriesCommitted);
            writer.onTaken(recent::stepped);
            writer.onEntries(current);
            writer.onEntries(counted::committed);
            writer.onEntries(acts::committed);
            writer.onEntries((first, entries) -> series.wake());
            writer.onDecisions(recent::decisionsCommitted);
            writer.onDecisions(acts::decided);
            writer.onDecisions(metrics::decided);
            writer.onDecisions((first, decisions) -> Stream.<Runnable>of(outside::wake, series::wake).forEach(Runnable::run));
            metrics.journal(writer);
            metrics.contentProblems(() -> watch.problems().size());
            metrics.alarms(alarms);
            metrics.view("series", series::lag);
            outside.measured(metrics);
            series.start();
            List<ViewRunner> followers = new ArrayList<>(List.of(series));
            if (settings.influx().isPresent()) {
                followers.add(InfluxFeed.start(settings.influx().get(), plan.data(), recent, writer, metrics, closing));
            }
            BureauFeeds bureaus = new BureauFeeds();
            bureaus.start(plan, recent, writer, metrics, closing);
            status.forwards(bureaus::of);
            var sprays = Sprays.start(plan, recent, outside::post, inbox, writer, metrics, closing);
            writer.start(coreAt);
            closing.add("journal", writer::close);
            RetentionTask.start(plan, closing);
            inbox.offer(Arrival.of(
                    received -> new Entry.Resumed(received, CoreVersion.CURRENT, plan.contents().refs()), 4_096));
            ConsoleViews views = new ConsoleViews(
                    new SitesView(ask, sites),
                    new PointsView(ask, new SeriesPoints(store, current::get, InfluxFeed.archive(settings.influx(), closing))),
                    new AlarmsView(ask, alarms, outside::notices, outside::load, AlarmsView.evidence(plan, outside::notices),
                            current::get, plan.clock()::millis),
                    acts,
                    new RegionsView(ask, sites, current::get, plan.ledger()::content),
                    new IntakeDoor(vertx, inbox, current::get, plan.clock(), passwords),
                    status,
                    () -> current.get().register(),
                    new LinkDesk(ask, outside.acknowledging(), acts),
                    new SprayDesk(ask, acts, sprays, current::get));
            console = new ConsoleServer(
                    new ConsoleServer.Settings(settings.http().host(), settings.http().port(), settings.zone()),
                    views, logins, live, plan.clock(), plan.wall());
            management = new ManagementServer(
                    settings.management().host(), settings.management().port(),
                    () -> Readiness.of(up, writer, mqttIntake(), followers, watch.problems()), metrics::scrape);
            listen(console, "http", settings.http());
            listen(management, "management", settings.management());
            LOG.atInfo().addKeyValue("address", "http://" + settings.management().host() + ":" + management.port())
                    .log("management listens");
            broker = brokerComing.get(START_SECONDS, TimeUnit.SECONDS);
            broker.ifPresent(b -> closing.add("broker", b::stop));
            outside.publishTo(brokerUri(), ownLogin(), current.get().register().sites());
            hj212 = new KnownSenders(current::get, store).intake(plan, inbox);
            metrics.hj212(hj212);
            listen(hj212, "hj212", settings.hj212().listener());
            mqtt = new MqttIntake(source(), inbox, plan.clock());
            mqtt.start();
            closing.add("mqtt intake", mqtt::close);
            awaitSubscription();
            up = true;
            watch.onChange(changed -> mqtt.listenTo(foreignTopics(changed)));
            watch.start();
            closing.add("content watch", watch::close);
        } catch (Exception e) {
            brokerComing.thenAccept(b -> b.ifPresent(Node::stopQuietly));
            close();
            throw e;
        }
    }

    /** Starts all and returns when it is up. */
    public static Node start(Plan plan) throws Exception {
        return new Node(plan);
    }

    /**
     * What is published after we say that we are ready must not be lost: before the first subscription the broker keeps
     * nothing for us. A broker in trouble is waited for a little, then we come back to it by ourselves.
     */
    private void awaitSubscription() {
        long began = System.nanoTime();
        while (!mqtt.state().isConnected()
                && System.nanoTime() - began < (mqtt.state().lastTrouble().isPresent() ? TROUBLED_MOST : SUBSCRIPTION_MOST).toNanos()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void listen(Deployable server, String key, Settings.Listener where) throws IOException {
        try {
            vertx.deployVerticle(server).await(START_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new NotListening(key, where, e);
        }
    }

    private static SeriesStore series(Path data) throws IOException {
        try {
            return SeriesStore.open(data);
        } catch (RuntimeException e) {
            throw new IOException(
                    data.resolve("series.db") + " cannot be opened: " + e.getMessage()
                            + "; it holds only what can be made again: move it away and start again",
                    e);
        }
    }

    private MqttIntake mqttIntake() {
        return mqtt;
    }

    private static void stopQuietly(EmbeddedBroker broker) {
        try {
            broker.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DevicePasswords passwords(Path file) {
        return new DevicePasswords(file, problem -> LOG.atWarn()
                .addKeyValue("problem", problem)
                .log("the password file has a problem"));
    }

    private Optional<EmbeddedBroker> embedded(Optional<DevicePasswords> passwords) {
        Settings.Mqtt mqttSettings = plan.settings().mqtt();
        if (mqttSettings.broker().isPresent()) {
            return Optional.empty();
        }
        Optional<BrokerTls> tls = mqttSettings.tls().certificate().flatMap(
                chain -> mqttSettings.tls().key().map(key -> (BrokerTls) new BrokerTls.Pem(chain, key)));
        BrokerSettings brokerSettings = new BrokerSettings(
                plan.data().resolve("broker"),
                mqttSettings.host(),
                mqttSettings.port(),
                tls,
                passwords.map(p -> new DeviceAccess(p, service.orElseThrow(), this::ownTopics)),
                BrokerLimits.DEFAULT);
        try {
            return Optional.of(EmbeddedBroker.start(brokerSettings));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private List<String> ownTopics(DeviceId id) {
        return watch.inForce().register().site(id.site())
                .flatMap(site -> site.device(id.device()))
                .flatMap(device -> device.topic())
                .map(List::of)
                .orElseGet(List::of);
    }

    private MqttSource source() {
        MqttSource.Tls tls = broker.isPresent() ? MqttSource.Tls.DEFAULT : Outside.tls(plan.settings());
        return MqttSource.of(brokerUri(), plan.ledger().secret("node"), ownLogin(), tls, foreignTopics(plan.contents()));
    }

    private Optional<MqttSource.Login> ownLogin() {
        if (broker.isPresent()) {
            return service.map(s -> new MqttSource.Login(s.user(), s.secret()));
        }
        Settings.Mqtt settings = plan.settings().mqtt();
        return settings.username()
                .map(user -> new MqttSource.Login(user, settings.password().map(p -> p.value()).orElse("")));
    }

    /** Topics of devices that speak as their makers made them. */
    private static List<String> foreignTopics(Contents contents) {
        return contents.sites().stream()
                .flatMap(site -> site.devices().stream())
                .flatMap(device -> device.topic().stream())
                .distinct()
                .toList();
    }

    /** The administrator's token of the settings, else one that stays with the data. */
    private String token() {
        return plan.settings().apiToken().map(secret -> secret.value())
                .orElseGet(() -> HexFormat.of().formatHex(plan.ledger().secret("console")));
    }

    public int consolePort() {
        return console.port();
    }

    public int hj212Port() {
        return hj212.port();
    }

    public int managementPort() {
        return management.port();
    }

    /** The embedded broker as devices reach it. */
    public Optional<Integer> brokerPort() {
        return broker.map(EmbeddedBroker::port);
    }

    /** Where players inside this process publish. */
    public URI brokerUri() {
        return broker.map(EmbeddedBroker::ownUri).orElseGet(() -> plan.settings().mqtt().broker().orElseThrow());
    }

    /** The login of players inside this process, where the broker asks for one. */
    public Optional<ServiceLogin> serviceLogin() {
        return service;
    }

    public Logins logins() {
        return logins;
    }

    /** Tells pages how far a played history has come, 0 to 1. */
    public void played(double share, long from, long to) {
        live.publish(LiveEvent.progress(status.played(share, from, to)));
    }

    /** Lets the journal look at a clock that was moved on. */
    public void wake() {
        inbox.wake();
    }

    public MqttCounter counted() {
        return counted;
    }

    @Override
    public void close() {
        closing.close();
    }
}
