package dustwarden.app;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.app.bench.Bench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What this machine can carry, against the ceiling measured in the same run. */
@Command(
        name = "bench",
        description = {
            "测量:本机能承载多少,并与同次测得的上限相比。",
            "Measure what this machine can carry, against the ceiling measured in the same run."
        },
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final int SITES_MAX = 100_000;
    private static final int CITY_SITES = 50;

    @Option(names = "--seconds", defaultValue = "30", paramLabel = "S", description = "一项负载的测量时长 / time for one measured load")
    private int seconds;

    @Option(names = "--sites", defaultValue = "2000", paramLabel = "N", description = "工地数 / sites under load")
    private int sites;

    @Option(names = "--json", paramLabel = "FILE", description = "结果另存为 JSON / the figures also as JSON")
    private Path json;

    @Option(
            names = "--demo-minutes",
            defaultValue = "2",
            paramLabel = "M",
            description = "演示运行多久后读取内存,0 为不测 / the demo's memory after so long, 0: not measured")
    private double demoMinutes;

    @Option(names = "--no-broker", description = "只测不需要服务的部分 / only what needs no server")
    private boolean noBroker;

    @Option(
            names = "--city",
            description = "只数沙尘日里每人每天收到的通知,默认 50 个工地 / only the notices that people get a day in a city on a dust storm's day, "
                    + "50 sites unless --sites says otherwise")
    private boolean city;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seconds < 1 || sites < 1 || sites > SITES_MAX || !(demoMinutes >= 0)) {
            throw new ParameterException(
                    spec.commandLine(), "wants --seconds of 1 or more, --sites in 1.." + SITES_MAX + " and --demo-minutes of 0 or more");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        out.println(Version.text());
        boolean asked = spec.commandLine().getParseResult().hasMatchedOption("--sites");
        Bench bench = new Bench(seconds, city && !asked ? CITY_SITES : sites, !noBroker, demoMinutes, flushed(out)::println,
                flushed(err)::println);
        JsonNode figures = city ? bench.city() : bench.run();
        if (json != null) {
            Files.writeString(json, figures + "\n", StandardCharsets.UTF_8);
        }
        return ExitCode.OK;
    }

    private static PrintWriter flushed(PrintWriter writer) {
        return new PrintWriter(writer, true);
    }
}
