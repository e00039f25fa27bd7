package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Site;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether dusty activities run at a site, put together from all that watch them.
 *
 * <p>An activity runs when any watcher says so. It is idle only when every sensor registered for it says so, or, where
 * none is registered, when somebody who ever reported it says so now. All else is unknown.
 */
public final class Works {
    private static final Optional<Boolean> RUNS = Optional.of(true);
    private static final Optional<Boolean> IDLE = Optional.of(false);

    private Works() {}

    /** All of {@code [from, to)} without a gap: true runs, false idle, empty unknown. */
    public static List<Stretch<Boolean>> of(SiteFacts facts, Collection<Activity> activities, long from, long to) {
        if (to <= from) {
            return List.of();
        }
        List<List<Stretch<Boolean>>> lines = new ArrayList<>();
        for (Activity activity : activities) {
            lines.add(one(facts, activity, from, to));
        }
        return lines.size() == 1 ? lines.get(0) : Lines.join(from, to, lines, Works::anyRunsAllIdle);
    }

    /** What holds at an instant. */
    public static Optional<Boolean> at(SiteFacts facts, Collection<Activity> activities, long at) {
        return of(facts, activities, at, at + 1).get(0).value();
    }

    /** When what holds at {@code at} may change if nothing more is reported; {@code Long.MAX_VALUE} for never. */
    public static long holdsUntil(SiteFacts facts, Collection<Activity> activities, long at) {
        long until = Long.MAX_VALUE;
        for (Activity activity : activities) {
            for (String device : facts.reportersOf(activity)) {
                for (StateLine<Boolean> line : facts.running(device, activity).values()) {
                    until = Math.min(until, line.holdsUntil(at));
                }
            }
        }
        return until;
    }

    /** Sensors registered for any of the activities. */
    public static List<Device> sensors(Site site, Collection<Activity> activities) {
        return site.devices().stream()
                .filter(d -> d.kind() == DeviceKind.ACTIVITY)
                .filter(d -> d.activity().filter(activities::contains).isPresent())
                .toList();
    }

    private static List<Stretch<Boolean>> one(SiteFacts facts, Activity activity, long from, long to) {
        Set<String> registered = new TreeSet<>();
        sensors(facts.site(), Set.of(activity)).forEach(d -> registered.add(d.id()));
        List<List<Stretch<Boolean>>> lines = new ArrayList<>();
        for (String device : registered) {
            lines.add(device(facts, device, activity, from, to));
        }
        for (String device : facts.reportersOf(activity)) {
            if (!registered.contains(device)) {
                lines.add(device(facts, device, activity, from, to));
            }
        }
        if (lines.isEmpty()) {
            return List.of(new Stretch<>(from, to, Optional.empty(), -1));
        }
        if (lines.size() == 1) {
            return lines.get(0);
        }
        int sensors = registered.size();
        return Lines.join(from, to, lines, now -> sensors > 0 ? watched(now, sensors) : seen(now));
    }

    /** A device is known while any of its zones has a report that counts, and says running when any such zone does. */
    private static List<Stretch<Boolean>> device(SiteFacts facts, String device, Activity activity, long from, long to) {
        List<List<Stretch<Boolean>>> zones = new ArrayList<>();
        facts.running(device, activity).values().forEach(line -> zones.add(line.stretches(from, to)));
        if (zones.isEmpty()) {
            return List.of(new Stretch<>(from, to, Optional.empty(), -1));
        }
        return zones.size() == 1 ? zones.get(0) : Lines.join(from, to, zones, Works::seen);
    }

    /** Runs if any says so; idle if any says so and none says that it runs. */
    private static Optional<Boolean> seen(List<Stretch<Boolean>> now) {
        Optional<Boolean> value = Optional.empty();
        for (Stretch<Boolean> stretch : now) {
            if (stretch.value().equals(RUNS)) {
                return RUNS;
            }
            value = stretch.value().isPresent() ? stretch.value() : value;
        }
        return value;
    }

    /** Runs if any says so; idle if each of the first {@code sensors} says so. */
    private static Optional<Boolean> watched(List<Stretch<Boolean>> now, int sensors) {
        return seen(now).equals(RUNS) ? RUNS : anyRunsAllIdle(now.subList(0, sensors));
    }

    private static Optional<Boolean> anyRunsAllIdle(List<Stretch<Boolean>> now) {
        boolean allIdle = true;
        for (Stretch<Boolean> stretch : now) {
            if (stretch.value().equals(RUNS)) {
                return RUNS;
            }
            allIdle &= stretch.value().isPresent();
        }
        return allIdle ? IDLE : Optional.empty();
    }
}
