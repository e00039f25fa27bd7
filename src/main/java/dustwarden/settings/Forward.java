package dustwarden.settings;

import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Fields;
import dustwarden.core.model.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A bureau that a monitor's data is sent on to as HJ 212.
 *
 * @param device the monitor; empty where the site has only one
 * @param st the system code, 39 for construction dust
 * @param minutes length of minute data
 */
public record Forward(
        String site,
        Optional<String> device,
        String host,
        int port,
        String mn,
        Secret password,
        String st,
        Duration timeout,
        int resends,
        int minutes) {
    private static final Set<Integer> MINUTES = Set.of(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30);
    private static final long SECRET_BYTES_MAX = 4_096;

    /** All of {@code forward}; empty where one is wrong. */
    static List<Forward> read(Fields all) {
        List<Forward> found = new ArrayList<>();
        for (Fields fields : all.children("forward")) {
            String site = fields.text("site");
            String host = fields.text("host");
            String mn = fields.text("mn");
            int port = Ports.read(fields, "port", 0);
            if (port == 0) {
                fields.problem("port", "is required: the bureau's TCP port");
            }
            Optional<Secret> password = password(fields);
            Optional<Long> timeout = fields.optionalDuration("timeout");
            int resends = (int) fields.optionalNumber("resends").orElse(3);
            int minutes = (int) fields.optionalNumber("minutes").orElse(10);
            if (!MINUTES.contains(minutes)) {
                fields.problem("minutes", "wants 1, 2, 3, 4, 5, 6, 10, 12, 15, 20 or 30");
            }
            if (resends < 0 || resends > 99) {
                fields.problem("resends", "wants 0 to 99");
            }
            String st = fields.optionalText("st").orElse("39");
            if (!st.matches("[0-9]{2}")) {
                fields.problem("st", "wants a system code of two digits in quotes, such as \"39\"");
            }
            if (!mn.matches("[A-Za-z0-9_-]{0,48}")) {
                fields.problem("mn", "wants letters and digits");
            }
            Optional<String> device = fields.optionalText("device");
            fields.done();
            if (!site.isEmpty() && !host.isEmpty() && !mn.isEmpty() && port > 0 && password.isPresent() && MINUTES.contains(minutes)
                    && resends >= 0) {
                found.add(new Forward(site, device, host, port, mn, password.get(), st,
                        Duration.ofMillis(timeout.filter(t -> t > 0).orElse(10_000L)), resends, minutes));
            }
        }
        return found;
    }

    private static Optional<Secret> password(Fields fields) {
        Optional<Secret> password = Secrets.read(fields, "password");
        Optional<String> file = fields.optionalText("passwordFile");
        if (password.isPresent() == file.isPresent()) {
            fields.problem("password", "is required, or passwordFile, which names a file of it");
            return Optional.empty();
        }
        if (password.isPresent()) {
            return checked(fields, password.get());
        }
        try {
            Path path = Path.of(file.get());
            String text = Files.size(path) > SECRET_BYTES_MAX ? "" : Files.readString(path, StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                fields.problem("passwordFile", "names a file that is empty or too large: " + path);
                return Optional.empty();
            }
            return checked(fields, new Secret(text));
        } catch (IOException e) {
            fields.problem("passwordFile", "names a file that cannot be read: " + file.get());
            return Optional.empty();
        }
    }

    private static Optional<Secret> checked(Fields fields, Secret secret) {
        if (!secret.value().matches("[!-~&&[^;,&=]]{1,64}")) {
            fields.problem("password", "wants up to 64 letters, digits and signs without ; , & and =");
            return Optional.empty();
        }
        return Optional.of(secret);
    }

    /** What was read together with what is wrong between it and these settings. */
    public static Checked<Contents> checked(Checked<Contents> contents, Settings settings) {
        if (contents.value().isEmpty()) {
            return contents;
        }
        List<String> problems = new ArrayList<>(contents.problems());
        for (Forward forward : settings.forwards()) {
            Optional<Site> site =
                    contents.value().get().sites().stream().filter(s -> s.id().equals(forward.site())).findFirst();
            if (site.isEmpty()) {
                problems.add("forward: there is no site " + forward.site());
            } else if (forward.monitor(site.get()).isEmpty()) {
                problems.add("forward: " + forward.site() + forward.device()
                        .map(d -> " has no monitor " + d)
                        .orElse(" has not exactly one monitor; name one as device"));
            }
        }
        return problems.size() == contents.problems().size()
                ? contents
                : Checked.of(contents.value(), problems, contents.warnings());
    }

    /** The monitor of a site whose data goes out. */
    public Optional<Device> monitor(Site registered) {
        List<Device> monitors = registered.devices().stream().filter(d -> d.kind() == DeviceKind.MONITOR).toList();
        return device.isPresent()
                ? monitors.stream().filter(d -> d.id().equals(device.get())).findFirst()
                : Optional.of(monitors).filter(m -> m.size() == 1).map(m -> m.get(0));
    }
}
