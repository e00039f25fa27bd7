package dustwarden.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import dustwarden.broker.NewerJava;
import dustwarden.simulate.SimulateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command line of Dustwarden: exit code 0 good, 1 failed, 2 bad usage or settings. */
@Command(
        name = "dustwarden",
        description = "Watches construction sites, judges the dust checklist, and proves every verdict.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            SimulateCommand.class,
            CheckCommand.class,
            JudgeCommand.class,
            DecodeCommand.class,
            RulebookCommand.class,
            DeviceCommand.class,
            AccountCommand.class,
            BrokerCommand.class,
            ReplayCommand.class,
            VerifyCommand.class,
            ReportCommand.class,
            RebuildSeriesCommand.class,
            NotifyCommand.class,
            BenchCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private static final String TRACE = "DUSTWARDEN_TRACE";

    /** Exceptions that say nothing themselves. */
    private static final Set<Class<?>> CARRIERS =
            Set.of(ExecutionException.class, CompletionException.class, UncheckedIOException.class);

    public static void main(String[] args) {
        NewerJava.prepare();
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    /** Runs one command and answers its exit code; a trouble is one sentence, never a stack trace. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Main());
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(oneSentence(err));
        if (args.length == 0) {
            line.usage(err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(args);
    }

    private static IExecutionExceptionHandler oneSentence(PrintWriter err) {
        return (trouble, command, parsed) -> {
            Throwable cause = trouble;
            while (CARRIERS.contains(cause.getClass()) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            String told = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            err.println(command.getCommandName() + ": " + told);
            if (System.getenv(TRACE) != null) {
                trouble.printStackTrace(err);
            }
            return CommandLine.ExitCode.SOFTWARE;
        };
    }
}
