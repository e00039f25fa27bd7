package dustwarden.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Commands about devices. */
@Command(
        name = "device",
        description = {"设备的登录。", "Logins of devices."},
        mixinStandardHelpOptions = true,
        subcommands = {DevicePasswordCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class DeviceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "device wants a command: password");
    }
}
