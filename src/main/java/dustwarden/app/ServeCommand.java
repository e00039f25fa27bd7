package dustwarden.app;

import dustwarden.app.node.Node;
import dustwarden.ledger.LedgerRefused;
import dustwarden.ledger.SqliteLedger;
import dustwarden.settings.Checked;
import dustwarden.settings.Contents;
import dustwarden.settings.Forward;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Production: what the settings say, until it is told to stop. */
@Command(
        name = "serve",
        description = {"按设置运行,直到被停止。", "Runs what the settings say until it is told to stop."},
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Checked<Settings> checked = options.load(Purpose.SERVE);
        if (!Reports.good(checked, err)) {
            return ExitCode.USAGE;
        }
        Settings settings = checked.value().orElseThrow();
        Path data = settings.data().orElseThrow();
        DiskRoom.check(data);
        InstantSource wall = InstantSource.system();
        try (ContentReading reading = ContentReading.begin(
                        settings.contentSources(Purpose.SERVE), read -> Forward.checked(read, settings));
                SqliteLedger ledger = SqliteLedger.open(data, wall, settings.zone())) {
            Checked<Contents> contents = reading.with(ledger);
            if (!Reports.good(contents, err)) {
                return ExitCode.USAGE;
            }
            CountDownLatch stop = Stopping.onSignal();
            try (Node node = Node.start(new Node.Plan(
                    settings, Purpose.SERVE, contents.value().orElseThrow(), reading.again(), data, ledger, wall, wall, Version.text()))) {
                if (settings.apiToken().isEmpty()) {
                    err.println("auth.token is not set; the administrator's token is in " + data.resolve("secret-console"));
                }
                out.println("ready http://" + Reports.host(settings) + ":" + node.consolePort());
                out.flush();
                HeapThrift.begin();
                stop.await();
            }
            return ExitCode.OK;
        } catch (LedgerRefused e) {
            err.println(e.sentence().zh());
            err.println(e.sentence().en());
            return ExitCode.SOFTWARE;
        }
    }
}
