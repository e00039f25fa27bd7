package dustwarden.simulate;

import java.time.Duration;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a scenario says of one site's devices and troubles.
 *
 * <pre>{@code
 * dust-1:
 *   readings:
 *     pm10: {station: Tiantan, column: PM10, shape: mean, scale: 1.0, offset: 0, noise: 3, decimals: 1}
 *     noise: {curve: {"00:00": 47, "08:00": 66}, noise: 1.5}
 * cam-2:
 *   units: [{unit: soil-01, every: PT1H, source: camera, changes: [{from: "08:05", to: "17:20", share: 0.8, active: true}]}]
 * wash-a:
 *   passages: [{direction: out, from: "08:00", to: "17:00", every: PT20M, jitter: PT4M, plates: 豫G, wash: [60, 120]}]
 * spray-1: {on: [{from: "07:57", to: "12:02", flow: 14}]}
 * dig-1: {running: [{from: "08:00", to: "12:00", zone: soil-01}]}
 * }</pre>
 *
 * Shapes: {@code mean} (keeps the hour means), {@code linear}, {@code hold}, {@code spread} (an hour's sum shared out).
 */
final class ScriptReader {

    private static final double SECONDS_AN_HOUR = 3600;

    private final SimulatedSite site;
    private final Recording recording;

    ScriptReader(SimulatedSite site, Recording recording) {
        this.site = site;
        this.recording = recording;
    }

    DeviceScript device(Yaml yaml) {
        yaml.only("readings", "units", "passages", "on", "running");
        String id = yaml.path().substring(yaml.path().lastIndexOf('.') + 1);
        SimulatedDevice device = site.device(id).orElseThrow(() ->
                new IllegalArgumentException(yaml.path() + ": site " + site.id() + " has no device " + id));
        return new DeviceScript(
                yaml.has("readings") ? readings(yaml.mapping("readings"), device) : Map.of(),
                yaml.list("units").stream().map(this::unit).toList(),
                yaml.list("passages").stream().map(this::traffic).toList(),
                yaml.list("on").stream()
                        .map(on -> new DeviceScript.Spraying(
                                on.only("from", "to", "flow").span(), on.number("flow", 12)))
                        .toList(),
                yaml.list("running").stream()
                        .map(run -> new DeviceScript.Running(
                                run.only("from", "to", "zone").span(), knownUnit(run, "zone")))
                        .toList());
    }

    private Map<String, DeviceScript.Measured> readings(Yaml yaml, SimulatedDevice device) {
        Map<String, DeviceScript.Measured> readings = new HashMap<>();
        for (String quantity : yaml.keys()) {
            Quantities.check(quantity, yaml.path());
            Yaml one = yaml.mapping(quantity)
                    .only("station", "column", "shape", "curve", "scale", "offset", "noise", "decimals");
            Signal.Shape shape = shape(one);
            double share = shape == Signal.Shape.SPREAD
                    ? device.every().toSeconds() / SECONDS_AN_HOUR : 1;
            readings.put(quantity, new DeviceScript.Measured(
                    one.has("curve") ? curve(one.mapping("curve")) : recorded(one, shape),
                    one.number("scale", 1) * share,
                    one.number("offset", 0),
                    one.number("noise", 0),
                    (int) one.number("decimals", 1)));
        }
        return readings;
    }

    private static Signal.Shape shape(Yaml yaml) {
        String name = yaml.optional("shape").orElse("mean");
        for (Signal.Shape shape : Signal.Shape.values()) {
            if (shape.name().equalsIgnoreCase(name)) {
                return shape;
            }
        }
        throw new IllegalArgumentException(
                yaml.path() + ": shape '" + name + "', wanted mean, linear, hold or spread");
    }

    private Signal recorded(Yaml yaml, Signal.Shape shape) {
        return new Signal.Recorded(recording.hours(yaml.text("station"), yaml.text("column")), shape);
    }

    private static Signal curve(Yaml yaml) {
        Map<LocalTime, Double> points = new HashMap<>();
        for (String time : yaml.keys()) {
            points.put(yaml.parsed(time), yaml.number(time, 0));
        }
        return new Signal.Curve(points);
    }

    private DeviceScript.UnitWatch unit(Yaml yaml) {
        yaml.only("unit", "every", "times", "source", "by", "changes");
        return new DeviceScript.UnitWatch(
                knownUnit(yaml, "unit"),
                yaml.optionalDuration("every"),
                yaml.texts("times").stream().map(yaml::parsed).toList(),
                yaml.optional("source").orElse("sensor"),
                yaml.optional("by"),
                yaml.list("changes").stream()
                        .map(change -> new DeviceScript.Change(
                                change.only("from", "to", "share", "active").span(),
                                change.number("share", 1),
                                change.flag("active", false)))
                        .toList());
    }

    private DeviceScript.Traffic traffic(Yaml yaml) {
        yaml.only("direction", "from", "to", "every", "jitter", "vehicle", "plates", "loaded", "cargo", "wash");
        List<String> wash = yaml.texts("wash");
        return new DeviceScript.Traffic(
                yaml.optional("direction").orElse("out"),
                yaml.span(),
                yaml.duration("every"),
                yaml.optionalDuration("jitter").orElse(Duration.ZERO),
                yaml.optional("vehicle").orElse("truck"),
                yaml.text("plates"),
                yaml.flag("loaded", true),
                yaml.optional("cargo").orElse("spoil"),
                wash.isEmpty() ? 0 : Integer.parseInt(wash.get(0)),
                wash.isEmpty() ? 0 : Integer.parseInt(wash.get(wash.size() - 1)));
    }

    Trouble trouble(Yaml yaml) {
        yaml.only("kind", "device", "at", "from", "to", "unit", "share", "error");
        String device = yaml.text("device");
        String kind = yaml.text("kind");
        return switch (kind) {
            case "unwashed-truck" -> new Trouble.UnwashedTruck(device, yaml.time("at"));
            case "open-load" -> new Trouble.OpenLoad(device, yaml.time("at"));
            case "camera-dark" -> new Trouble.CameraDark(device, yaml.span());
            case "dry-work" -> new Trouble.DryWork(device, yaml.span());
            case "torn-net" ->
                new Trouble.TornNet(device, knownUnit(yaml, "unit"), yaml.span(), yaml.number("share", 0));
            case "dead-monitor" -> new Trouble.DeadMonitor(device, yaml.span());
            case "wrong-clock" -> new Trouble.WrongClock(device, yaml.span(), yaml.duration("error"));
            default -> throw new IllegalArgumentException(yaml.path() + ": trouble kind '" + kind + "', wanted "
                    + "unwashed-truck, open-load, camera-dark, dry-work, torn-net, dead-monitor or wrong-clock");
        };
    }

    private String knownUnit(Yaml yaml, String key) {
        return Optional.of(yaml.text(key)).filter(site.units()::contains).orElseThrow(() ->
                new IllegalArgumentException(
                        yaml.path() + ": site " + site.id() + " has no unit " + yaml.text(key)));
    }
}
