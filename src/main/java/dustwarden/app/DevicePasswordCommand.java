package dustwarden.app;

import dustwarden.broker.DeviceId;
import dustwarden.broker.PasswordWriter;
import dustwarden.settings.Checked;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Gives a device a new secret: standard output shows it this once, the password file keeps its hash. */
@Command(
        name = "password",
        description = {
            "给设备一个新密码:只显示一次,文件 mqtt.passwords 只存其散列。",
            "Give a device a new secret: shown this once, the file mqtt.passwords keeps its hash."
        },
        mixinStandardHelpOptions = true)
final class DevicePasswordCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SITE", description = "工地 / the site's id, or region")
    private String site;

    @Parameters(index = "1", paramLabel = "DEVICE", description = "设备 / the device's id")
    private String device;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        DeviceId id = DeviceId.parse(site + "/" + device).orElseThrow(() -> wrong(
                "wants ids of a-z, 0-9 and -, at most 32 characters, got " + site + " " + device));
        Checked<Settings> settings = options.load(Purpose.DEMO);
        PrintWriter err = spec.commandLine().getErr();
        if (!settings.problems().isEmpty()) {
            settings.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
        Optional<Path> file = settings.value().flatMap(s -> s.mqtt().passwords());
        String secret = new PasswordWriter(
                        file.orElseThrow(() -> wrong(
                                "no file to write to: name it, for example --set mqtt.passwords=passwords")),
                        new SecureRandom())
                .renew(id);
        spec.commandLine().getOut().println(secret);
        err.println("user " + id + ", hash in " + file.get() + "; 密码只显示这一次 / the secret is shown this once");
        return ExitCode.OK;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
