package dustwarden.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about an outside broker. */
@Command(
        name = "broker",
        description = {"外部 MQTT 代理的文件。", "Files of an outside MQTT broker."},
        mixinStandardHelpOptions = true,
        subcommands = {BrokerFilesCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class BrokerCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "broker wants a command: files");
    }
}
