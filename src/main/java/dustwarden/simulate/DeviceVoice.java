package dustwarden.simulate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A device's speeches under its own path, by its own clock, and nothing while it is dead. */
final class DeviceVoice implements Voice {

    private static final String STATUS = "status";

    private final SimulatedSite site;
    private final String path;
    private final List<Speech> speeches;
    private final List<Trouble.DeadMonitor> deaths;
    private final List<Trouble.WrongClock> wrongClocks;

    DeviceVoice(SiteScript script, SimulatedDevice device, Noise seed) {
        this.site = script.site();
        this.path = "dust/v1/" + site.id() + "/" + device.id() + "/";
        this.speeches = new Casting(script, device, seed).speeches();
        List<Trouble> troubles = script.troublesOf(device);
        this.deaths = only(troubles, Trouble.DeadMonitor.class);
        this.wrongClocks = only(troubles, Trouble.WrongClock.class);
    }

    @Override
    public void between(Instant from, Instant to, UnaryOperator<Instant> stamp, Consumer<Publication> out) {
        for (Speech speech : speeches) {
            speech.between(from, to, (at, stream, body) -> say(at, stream, body, stamp, out));
        }
    }

    @Override
    public void opening(Instant at, UnaryOperator<Instant> stamp, Consumer<Publication> out) {
        say(at, STATUS, Map.of("state", "online"), stamp, out);
        for (Speech speech : speeches) {
            speech.opening(at, (moment, stream, body) -> {
                if (!stream.equals(STATUS)) {
                    say(moment, stream, body, stamp, out);
                }
            });
        }
    }

    private void say(
            Instant at, String stream, Map<String, Object> body, UnaryOperator<Instant> stamp,
            Consumer<Publication> out) {
        LocalTime local = at.atZone(site.zone()).toLocalTime();
        if (deaths.stream().anyMatch(death -> death.span().contains(local))) {
            return;
        }
        if (stream.equals(STATUS)) {
            out.accept(new Publication(at, path + stream, Words.json(body), true));
            return;
        }
        Duration error = wrongClocks.stream()
                .filter(wrong -> wrong.span().contains(local))
                .map(Trouble.WrongClock::error)
                .findFirst()
                .orElse(Duration.ZERO);
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("ts", Words.time(stamp.apply(at).plus(error), site.zone()));
        whole.putAll(body);
        out.accept(new Publication(at, path + stream, Words.json(whole), false));
    }

    private static <T extends Trouble> List<T> only(List<Trouble> troubles, Class<T> kind) {
        return troubles.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
