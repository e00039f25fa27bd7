package dustwarden.core.judge;

import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What cameras, sprays, activity sensors and weather stations said over time; of a device whose clock is steadily off a
 * second time under its twin's name, by the clock as it should be.
 */
final class DeviceLines {
    /** What a twin's name ends with; no device can be called so. */
    static final String TWIN = "~";

    private final Map<String, StateLine<CameraState>> cameras = new TreeMap<>();
    private final Map<String, StateLine<SprayState>> sprays = new TreeMap<>();
    private final Map<String, Map<Activity, Map<String, StateLine<Boolean>>>> running = new TreeMap<>();
    private final Map<String, Weather> weather = new TreeMap<>();

    private static String name(String device, boolean corrected, Map<String, ?> kept) {
        return corrected && kept.containsKey(device + TWIN) ? device + TWIN : device;
    }

    StateLine<CameraState> camera(String device, boolean corrected) {
        return cameras.computeIfAbsent(name(device, corrected, cameras), k -> new StateLine<>());
    }

    StateLine<SprayState> spray(String device, boolean corrected) {
        return sprays.computeIfAbsent(name(device, corrected, sprays), k -> new StateLine<>());
    }

    Map<String, StateLine<Boolean>> running(String device, Activity activity, boolean corrected) {
        return running.getOrDefault(name(device, corrected, running), Map.of()).getOrDefault(activity, Map.of());
    }

    Weather weather(String monitor, boolean corrected) {
        return weather.computeIfAbsent(name(monitor, corrected, weather), k -> new Weather());
    }

    Collection<String> reportersOf(Activity activity) {
        List<String> found = new ArrayList<>();
        running.forEach((device, lines) -> {
            if (lines.containsKey(activity) && !device.endsWith(TWIN)) {
                found.add(device);
            }
        });
        return found;
    }

    /** The line of a thing, by the name that a device's word stands under. */
    private interface LineOf<V> {
        StateLine<V> of(String name);
    }

    boolean take(Observation.Camera said, Device from, DeviceFacts sender, long received, long offset) {
        CameraState state = new CameraState(said.online(), said.recording(), said.blocked(), said.moved());
        if (sender.camera == null) {
            sender.camera = camera(from.id(), false);
        }
        return take(sender.camera, name -> camera(name, false), state, said.ts(), from, sender, received, offset);
    }

    boolean take(Observation.Spray said, Device from, DeviceFacts sender, long received, long offset) {
        SprayState state = SprayState.of(said.on(), said.flow());
        if (sender.spray == null) {
            sender.spray = spray(from.id(), false);
        }
        return take(sender.spray, name -> spray(name, false), state, said.ts(), from, sender, received, offset);
    }

    boolean take(Observation.Running said, Device from, DeviceFacts sender, long received, long offset) {
        LineOf<Boolean> lines = name -> running.computeIfAbsent(name, k -> new EnumMap<>(Activity.class))
                .computeIfAbsent(said.activity(), k -> new TreeMap<>())
                .computeIfAbsent(said.zone().orElse(""), k -> new StateLine<>());
        return take(lines.of(from.id()), lines, said.running(), said.ts(), from, sender, received, offset);
    }

    /** What a monitor says of the weather by its clock as it stands. */
    Weather weather(Device monitor, DeviceFacts sender) {
        if (sender.weather == null) {
            sender.weather = weather(monitor.id(), false);
        }
        return sender.weather;
    }

    /**
     * Answers whether it says anything new by either clock.
     *
     * @param its the device's own line
     * @param lines finds that of its twin, where it has one
     */
    private static <V> boolean take(
            StateLine<V> its, LineOf<V> lines, V said, long ts, Device from, DeviceFacts sender, long received, long offset) {
        long at = Math.min(ts, received);
        boolean news = its.add(at, said, at + from.validityMs(), offset);
        if (sender.twinSince() != Long.MAX_VALUE) {
            long should = Math.min(ts - sender.skewMs(), received);
            news |= lines.of(from.id() + TWIN).add(should, said, should + from.validityMs(), offset);
        }
        return news;
    }

    /** Begins a twin with all that the device said so far. */
    void fork(String device, String twin) {
        if (cameras.containsKey(device)) {
            cameras.put(twin, cameras.get(device).copy());
        }
        if (sprays.containsKey(device)) {
            sprays.put(twin, sprays.get(device).copy());
        }
        if (weather.containsKey(device)) {
            weather.put(twin, weather.get(device).copy());
        }
        running.getOrDefault(device, Map.of()).forEach((activity, zones) -> zones.forEach((zone, line) ->
                running.computeIfAbsent(twin, k -> new EnumMap<>(Activity.class))
                        .computeIfAbsent(activity, k -> new TreeMap<>())
                        .put(zone, line.copy())));
    }

    /** Nothing that a device said counts from an instant on. */
    void cut(String name, long at) {
        if (cameras.containsKey(name)) {
            cameras.get(name).cut(at);
        }
        if (sprays.containsKey(name)) {
            sprays.get(name).cut(at);
        }
        running.getOrDefault(name, Map.of()).values()
                .forEach(zones -> zones.values().forEach(line -> line.cut(at)));
    }

    /** Joins what is older than {@code before}, thins old weather, and forgets what can change nothing any more. */
    void settle(long before, long weatherBefore, long weatherStepMs, long forget) {
        cameras.values().forEach(line -> line.compact(before, forget));
        sprays.values().forEach(line -> line.compact(before, forget));
        running.values().forEach(a -> a.values().forEach(z -> z.values().forEach(line -> line.compact(before, forget))));
        weather.values().forEach(w -> w.thin(weatherBefore, weatherStepMs, forget));
    }
}
