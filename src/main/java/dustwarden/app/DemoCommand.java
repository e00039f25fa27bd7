package dustwarden.app;

import dustwarden.app.node.Node;
import dustwarden.broker.ServiceLogin;
import dustwarden.ledger.LedgerRefused;
import dustwarden.ledger.SqliteLedger;
import dustwarden.settings.Checked;
import dustwarden.settings.Contents;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import dustwarden.simulate.Logins;
import dustwarden.simulate.MqttFleet;
import dustwarden.simulate.Scenario;
import dustwarden.simulate.ScenarioFile;
import dustwarden.simulate.ScenarioPlayer;
import dustwarden.simulate.SteppedClock;
import dustwarden.simulate.SteppedDemo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything on one machine without set-up: the past day in seconds, then live. */
@Command(
        name = "demo",
        description = {
            "无需任何准备的演示:先在数秒内回放过去 24 小时,然后实时运行。",
            "Everything on one machine with no set-up: the past 24 hours in seconds, then live."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int LINK_USES = 20;
    private static final long CONNECT_SECONDS = 30;

    @Mixin
    private SettingsOptions options;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = "历史部分每秒回放的秒数,0 为尽快 / seconds of the past played a second, 0 as fast as it goes")
    private double speed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (!(speed >= 0)) {
            err.println("--speed: wants 0 or more, got " + speed);
            return ExitCode.USAGE;
        }
        Checked<Settings> checked = options.load(Purpose.DEMO);
        if (!Reports.good(checked, err)) {
            return ExitCode.USAGE;
        }
        Settings settings = checked.value().orElseThrow();
        boolean temporary = settings.data().isEmpty();
        Path data = temporary ? Files.createTempDirectory("dustwarden-demo-") : settings.data().get();
        DiskRoom.check(data);
        CountDownLatch stop = Stopping.onSignal();
        try {
            return run(settings, data, stop, out, err);
        } catch (LedgerRefused e) {
            err.println(e.sentence().zh());
            err.println(e.sentence().en());
            return ExitCode.SOFTWARE;
        } finally {
            if (temporary) {
                delete(data);
            }
        }
    }

    private int run(Settings settings, Path data, CountDownLatch stop, PrintWriter out, PrintWriter err) throws Exception {
        InstantSource wall = InstantSource.system();
        try (ContentReading reading = ContentReading.begin(settings.contentSources(Purpose.DEMO), read -> read);
                SqliteLedger ledger = SqliteLedger.open(data, wall, settings.zone())) {
            SteppedDemo.Options played = SteppedDemo.Options.FASTEST.withSpeed(speed);
            Optional<Instant> end = ledger.position().lastReceived().stream().mapToObj(Instant::ofEpochMilli).findFirst();
            if (end.isPresent()) {
                played = played.withJournalEnd(end.get());
            }
            Instant from = played.start(wall.instant());
            SteppedClock clock = new SteppedClock(wall, from);
            Checked<Contents> contents = reading.with(ledger);
            if (!Reports.good(contents, err)) {
                return ExitCode.USAGE;
            }
            Node.Plan plan = new Node.Plan(
                    settings, Purpose.DEMO, contents.value().orElseThrow(), reading.again(), data, ledger, wall, clock, Version.text());
            try (Node node = Node.start(plan)) {
                String address = "http://" + Reports.host(settings) + ":" + node.consolePort();
                out.println("ready " + address);
                out.println("打开控制台 / open the console: " + address + node.logins().link(LINK_USES, Duration.ofDays(1)));
                node.brokerPort().ifPresent(port -> out.println("MQTT: tcp://127.0.0.1:" + port));
                out.flush();
                HeapThrift.begin();
                play(node, played, from, clock, wall, stop, out);
            }
            return ExitCode.OK;
        }
    }

    private void play(Node node, SteppedDemo.Options played, Instant from, SteppedClock clock, InstantSource wall,
            CountDownLatch stop, PrintWriter out) throws Exception {
        Scenario scenario = ScenarioFile.shipped("demo");
        Optional<Logins.Login> login = node.serviceLogin().map(DemoCommand::login);
        MqttFleet fleet = MqttFleet.connect(node.brokerUri(), "demo", Logins.shared(login), scenario)
                .toCompletableFuture()
                .get(CONNECT_SECONDS, TimeUnit.SECONDS);
        long base = node.counted().count();
        DemoTelling telling = new DemoTelling(node, from, wall, out);
        try (fleet;
                SteppedDemo demo = new SteppedDemo(
                        new ScenarioPlayer(scenario),
                        fleet,
                        new WakingClock(clock, node),
                        published -> node.counted().reached(base + published),
                        wall,
                        telling,
                        played)) {
            demo.start();
            stop.await();
        }
    }

    private static Logins.Login login(ServiceLogin service) {
        return new Logins.Login(service.user(), service.secret());
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
