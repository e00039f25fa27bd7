package dustwarden.simulate;

import dustwarden.simulate.DeviceScript.Change;
import dustwarden.simulate.DeviceScript.UnitWatch;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives a device of a site the speeches of its kind. */
final class Casting {

    private static final List<String> NO_ZONE = List.of();

    private final SimulatedSite site;
    private final SimulatedDevice device;
    private final DeviceScript script;
    private final List<Trouble> troubles;
    private final Noise chance;

    Casting(SiteScript play, SimulatedDevice device, Noise seed) {
        this.site = play.site();
        this.device = device;
        this.script = play.of(device);
        this.troubles = play.troublesOf(device);
        this.chance = seed.of(site.id() + "/" + device.id());
    }

    List<Speech> speeches() {
        List<Speech> speeches = new ArrayList<>();
        switch (device.kind()) {
            case MONITOR -> {
                if (!script.readings().isEmpty()) {
                    speeches.add(new ReadingSpeech(beat(Set.of()), script.readings(), chance));
                }
            }
            case CAMERA -> speeches.add(camera());
            case GATE -> {
                speeches.add(new StateSpeech("status", beat(Set.of()), (at, local) -> Map.of("state", "online")));
                speeches.add(new PassageSpeech(device.id(), script.passages(), troubles, site.zone(), chance));
            }
            case UNIT_SENSOR -> { }
            case SPRAY -> speeches.add(spray());
            case ACTIVITY -> speeches.addAll(activity());
        }
        watched().forEach(watch -> speeches.add(unit(watch)));
        return speeches;
    }

    private Speech camera() {
        List<DailySpan> dark = spans(Trouble.CameraDark.class, Trouble.CameraDark::span);
        return new StateSpeech("camera", beat(edges(dark)), (at, local) -> {
            boolean works = !within(dark, local);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("online", works);
            body.put("recording", works);
            body.put("blocked", false);
            body.put("moved", false);
            return body;
        });
    }

    private Speech spray() {
        List<DailySpan> dry = spans(Trouble.DryWork.class, Trouble.DryWork::span);
        Set<LocalTime> edges = edges(dry);
        edges.addAll(edges(script.on().stream().map(DeviceScript.Spraying::span).toList()));
        return new StateSpeech("spray", beat(edges), (at, local) -> {
            Optional<DeviceScript.Spraying> on = within(dry, local)
                    ? Optional.empty()
                    : script.on().stream().filter(one -> one.span().contains(local.toLocalTime())).findFirst();
            double flow = on.map(one -> one.flow() * (1 + 0.05 * chance.of("flow").around(at.toEpochMilli())))
                    .orElse(0.0);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("on", on.isPresent());
            body.put("flow", BigDecimal.valueOf(flow).setScale(1, RoundingMode.HALF_UP));
            return body;
        });
    }

    /** One speech a zone, so that each zone is told when its work ends. */
    private List<Speech> activity() {
        Set<String> zones = new LinkedHashSet<>();
        script.running().forEach(run -> zones.add(run.zone()));
        Set<LocalTime> edges = edges(script.running().stream().map(DeviceScript.Running::span).toList());
        if (zones.isEmpty()) {
            return List.of(new StateSpeech("activity", beat(edges), (at, local) -> activityBody(NO_ZONE, local)));
        }
        return zones.stream()
                .map(zone -> (Speech) new StateSpeech("activity", beat(edges),
                        (at, local) -> activityBody(List.of(zone), local)))
                .toList();
    }

    private Map<String, Object> activityBody(List<String> zones, LocalDateTime local) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("activity", device.activity().orElseThrow());
        zones.forEach(zone -> body.put("zone", zone));
        body.put("running", script.running().stream()
                .anyMatch(run -> zones.contains(run.zone()) && run.span().contains(local.toLocalTime())));
        return body;
    }

    /** The units the script names, else those the register gives a unit sensor. */
    private List<UnitWatch> watched() {
        if (!script.units().isEmpty()) {
            return script.units();
        }
        return device.kind() != SimulatedDevice.Kind.UNIT_SENSOR
                ? List.of()
                : device.units().stream()
                        .map(unit -> new UnitWatch(
                                unit, Optional.empty(), List.of(), "sensor", Optional.empty(), List.of()))
                        .toList();
    }

    private Speech unit(UnitWatch watch) {
        List<Trouble.TornNet> torn = of(Trouble.TornNet.class).stream()
                .filter(net -> net.unit().equals(watch.unit()))
                .toList();
        Set<LocalTime> edges = edges(torn.stream().map(Trouble.TornNet::span).toList());
        edges.addAll(edges(watch.changes().stream().map(Change::span).toList()));
        edges.addAll(watch.times());
        Beat beat = watch.times().isEmpty()
                ? Beat.of(watch.every().orElse(device.every()), edges, site.zone(), chance.of(watch.unit()))
                : Beat.at(edges, site.zone());
        return new StateSpeech("unit", beat, (at, local) -> unitBody(watch, torn, local));
    }

    private static Map<String, Object> unitBody(
            UnitWatch watch, List<Trouble.TornNet> torn, LocalDateTime local) {
        LocalTime time = local.toLocalTime();
        Optional<Trouble.TornNet> broken = torn.stream().filter(net -> net.span().contains(time)).findFirst();
        Optional<Change> change =
                watch.changes().stream().filter(one -> one.span().contains(time)).findFirst();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("unit", watch.unit());
        body.put("good", broken.isEmpty());
        body.put("share", broken.map(Trouble.TornNet::share).orElse(change.map(Change::share).orElse(1.0)));
        body.put("active", change.map(Change::active).orElse(false));
        body.put("source", watch.source());
        watch.by().ifPresent(by -> body.put("by", by));
        body.put("confirmed", true);
        return body;
    }

    private Beat beat(Set<LocalTime> edges) {
        return Beat.of(device.every(), edges, site.zone(), chance);
    }

    private <T extends Trouble> List<T> of(Class<T> kind) {
        return troubles.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private <T extends Trouble> List<DailySpan> spans(
            Class<T> kind, java.util.function.Function<T, DailySpan> span) {
        return of(kind).stream().map(span).toList();
    }

    private static Set<LocalTime> edges(List<DailySpan> spans) {
        Set<LocalTime> edges = new LinkedHashSet<>();
        for (DailySpan span : spans) {
            edges.add(span.from());
            edges.add(span.to());
        }
        return edges;
    }

    private static boolean within(List<DailySpan> spans, LocalDateTime local) {
        return spans.stream().anyMatch(span -> span.contains(local.toLocalTime()));
    }
}
