package dustwarden.simulate;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Plays devices at any MQTT broker, with recorded data and the trouble of a scenario file.",
            "向任意 MQTT 服务器播放场景文件中的设备。"
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--broker", paramLabel = "URI",
            description = "tcp://host:port or ssl://host:port")
    private Optional<URI> broker = Optional.empty();

    @Option(names = "--scenario", required = true, paramLabel = "FILE",
            description = "a scenario file, or the name of one that ships (demo, quiet)")
    private String scenario;

    @Option(names = "--speed", defaultValue = "1", paramLabel = "N",
            description = "schedule seconds in a second; times inside stay real (default: ${DEFAULT-VALUE})")
    private double speed;

    @Option(names = "--devices", paramLabel = "N",
            description = "play exactly N devices: sites are repeated as <site>-x2, -x3, …")
    private Optional<Integer> devices = Optional.empty();

    @Option(names = "--seconds", paramLabel = "N", description = "end after so many seconds")
    private Optional<Long> seconds = Optional.empty();

    @Option(names = "--passwords", paramLabel = "FILE",
            description = "'site/device password' a line: each device logs in as itself")
    private Optional<Path> passwords = Optional.empty();

    @Option(names = "--username", paramLabel = "NAME", description = "one login for all other paths")
    private Optional<String> username = Optional.empty();

    @Option(names = "--password-file", paramLabel = "FILE", description = "the password of --username")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(names = "--write-register", paramLabel = "DIR",
            description = "write the site files of what is played, repeated sites too, and play nothing")
    private Optional<Path> register = Optional.empty();

    @Override
    public Integer call() {
        try {
            Scenario played = played();
            if (register.isPresent()) {
                int written = RegisterCopy.write(played, register.get());
                spec.commandLine().getOut().println("wrote " + written + " site files to " + register.get());
                return 0;
            }
            URI target = broker.orElseThrow(() -> new IllegalArgumentException(
                    "Missing required option: '--broker=URI'"));
            String prefix = "dw-sim-" + ProcessHandle.current().pid();
            BrokerRun run = new BrokerRun(
                    new BrokerRun.Options(target, played, speed, seconds.map(Duration::ofSeconds), logins(), prefix),
                    InstantSource.system(), System.out, System.err);
            Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "simulate-stop"));
            return run.run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            System.err.println("simulate: " + e.getMessage());
            return FAILED;
        }
    }

    private Scenario played() throws IOException {
        Path file = Path.of(scenario);
        boolean shipped = !Files.exists(file) && scenario.matches("[a-z0-9-]+");
        Scenario read = shipped ? ScenarioFile.shipped(scenario) : ScenarioFile.read(file);
        return devices.map(read::withDevices).orElse(read);
    }

    private Logins logins() throws IOException {
        if (username.isPresent() != passwordFile.isPresent()) {
            throw new IllegalArgumentException("--username and --password-file go together");
        }
        Optional<Logins.Login> shared = Optional.empty();
        if (username.isPresent()) {
            shared = Optional.of(new Logins.Login(
                    username.get(), Files.readString(passwordFile.orElseThrow()).strip()));
        }
        if (passwords.isEmpty()) {
            return Logins.shared(shared);
        }
        Map<String, String> own = Logins.read(passwords.get());
        return Logins.perDevice(own, shared);
    }
}
