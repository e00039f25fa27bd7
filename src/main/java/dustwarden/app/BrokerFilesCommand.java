package dustwarden.app;

import dustwarden.broker.MosquittoFiles;
import dustwarden.settings.Checked;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.Contents;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes mosquitto's password file and access list from the register; new secrets are printed this once. */
@Command(
        name = "files",
        description = {
            "由登记的工地生成 mosquitto 的密码文件与访问控制表;已有的密码保留,新密码只显示一次。",
            "Make mosquitto's password file and access list from the register; known logins keep their secret, new ones are shown once."
        },
        mixinStandardHelpOptions = true)
final class BrokerFilesCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "DIR", description = "写到此目录 / the directory to write to")
    private Path out;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Checked<Settings> settings = options.load(Purpose.CHECK);
        if (!settings.problems().isEmpty()) {
            settings.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
        // No device is judged here, so what its HJ 212 password hashes to does not matter.
        Checked<Contents> contents =
                ContentLoader.load(settings.value().orElseThrow().contentSources(Purpose.CHECK), secret -> secret);
        if (!Reports.good(contents, err)) {
            return ExitCode.USAGE;
        }
        Map<String, String> fresh =
                new MosquittoFiles(out, new SecureRandom()).write(contents.value().orElseThrow().register());
        PrintWriter print = spec.commandLine().getOut();
        fresh.forEach((login, secret) -> print.println(login + " " + secret));
        print.flush();
        err.println(fresh.size() + " new logins; 密码只显示这一次 / secrets are shown this once. Written: " + out
                + "/{passwords,acl,mqtt-password}");
        return ExitCode.OK;
    }
}
