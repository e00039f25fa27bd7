package dustwarden.app;

import dustwarden.app.node.Channels;
import dustwarden.core.DecisionJson;
import dustwarden.notify.Channel;
import dustwarden.notify.LogChannel;
import dustwarden.notify.Notice;
import dustwarden.notify.NoticeWords;
import dustwarden.notify.Parcel;
import dustwarden.settings.Checked;
import dustwarden.settings.Settings;
import dustwarden.settings.Settings.Purpose;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends one message over a channel of the settings and prints what the other side said; exit code 1 where it did not take it. */
@Command(
        name = "test",
        description = {"按设置通过一个通道发送一条测试消息,并打印对方的答复。", "Send one test message over a channel and print the answer."},
        mixinStandardHelpOptions = true)
final class NotifyTestCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CHANNEL", description = "通道名称 / the channel's name in notify.channels, or log")
    private String name;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Checked<Settings> checked = options.load(Purpose.CHECK);
        if (!checked.problems().isEmpty()) {
            checked.problems().forEach(err::println);
            return ExitCode.USAGE;
        }
        Settings settings = checked.value().orElseThrow();
        Optional<dustwarden.settings.Channel> wanted =
                settings.channels().stream().filter(c -> c.name().equals(name)).findFirst();
        if (wanted.isEmpty() && !name.equals("log")) {
            List<String> known = new ArrayList<>(List.of("log"));
            settings.channels().forEach(c -> known.add(c.name()));
            err.println("notify.channels has no " + name + "; known are " + String.join(", ", known));
            return ExitCode.USAGE;
        }
        if (wanted.map(c -> c.kind() == dustwarden.settings.Channel.Kind.MQTT).orElse(false)) {
            err.println(name + " is told over the connection of a running server and cannot be tested alone");
            return ExitCode.USAGE;
        }
        InstantSource wall = InstantSource.system();
        Channels channels = new Channels(settings, wall,
                (topic, body) -> CompletableFuture.failedFuture(new IOException("no connection")));
        try (Channel channel = wanted.map(channels::channel).orElseGet(() -> new LogChannel(wall))) {
            return told(channel.send(parcel(settings, wall)).answer(), out);
        }
    }

    private Parcel parcel(Settings settings, InstantSource wall) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        String now = DecisionJson.time(wall.millis(), settings.zone());
        Notice notice = new Notice(id, -1, wall.millis(), "", id, "test", "operator", name,
                "{\"id\":\"" + id + "\",\"transition\":\"test\",\"state\":\"closed\",\"at\":\"" + now + "\",\"raisedAt\":\"" + now
                        + "\",\"returnedAt\":\"" + now + "\"}");
        return new Parcel(id, List.of(notice), NoticeWords.test(name), false);
    }

    private int told(Channel.Answer answer, PrintWriter out) {
        boolean taken = answer instanceof Channel.Answer.Taken;
        String verdict = taken ? "sent / 已发送"
                : answer instanceof Channel.Answer.Dead ? "refused until a setting is changed / 对方拒绝，请核对设置"
                : answer instanceof Channel.Answer.Throttled ? "throttled / 被限流"
                : answer instanceof Channel.Answer.Never ? "refused / 对方拒绝" : "not taken at present / 暂时发送失败";
        out.println(name + ": " + verdict + ": " + answer.text());
        return taken ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
