package dustwarden.app;

import dustwarden.app.node.InfluxRebuild;
import dustwarden.ledger.LedgerRefused;
import dustwarden.settings.Checked;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fills an InfluxDB bucket that was emptied, from the ledger, while no server runs on the same data. */
@Command(
        name = "rebuild-series",
        description = {
            "由账本重新填充 InfluxDB 存储桶;先停止使用同一数据目录的服务。",
            "Fill the InfluxDB bucket again from the ledger; stop the server of the same data first."
        },
        mixinStandardHelpOptions = true)
final class RebuildSeriesCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "数据目录 / the data directory, in place of the setting")
    private Path data;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Checked<Settings> settings = options.load(Purpose.CHECK);
        if (!settings.problems().isEmpty()) {
            settings.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
        Settings known = settings.value().orElseThrow();
        Path directory = data != null ? data : known.data().orElseThrow(() -> wrong("wants --data DIR, or the setting data"));
        Settings.Influx influx = known.influx()
                .orElseThrow(() -> wrong("wants influx.url, influx.org and influx.token, for example --set influx.url=http://…"));
        try (InfluxRebuild rebuild = InfluxRebuild.open(influx, directory)) {
            Progress progress = new Progress(err, "entries", rebuild.entries());
            InfluxRebuild.Result result = rebuild.run(progress::reached);
            spec.commandLine().getOut().println("entries " + result.entries() + " refused " + result.refused());
            spec.commandLine().getOut().flush();
            return result.refused() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (LedgerRefused e) {
            throw wrong(e.sentence().zh() + " / " + e.sentence().en());
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
