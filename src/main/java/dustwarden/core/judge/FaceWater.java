package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.judge.Suppression.Wet;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Device;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a work face is kept wet: one that is worked dry for too long is not exempt from cover. */
final class FaceWater {
    private static final double FLOW_MIN = 1;
    private static final double RAIN_MM = 0.2;
    private static final long RAIN_WINDOW_MS = 3_600_000;
    private static final double FROST_AT_OR_BELOW = 2;
    private static final double FROST_UNTIL = 4;

    private FaceWater() {}

    /**
     * From when on a zone has been, or will have been, worked dry for too long if all goes on as it stands, epoch ms;
     * {@code Long.MAX_VALUE} where it is not known to be worked dry. Rain and frost excuse.
     */
    static long tooDryFrom(SiteFacts facts, String zone, long dryMaxMs, long now) {
        long from = now - dryMaxMs - 1;
        long found = Long.MAX_VALUE;
        for (Activity activity : Activity.values()) {
            List<Device> sprays = Suppression.sprays(facts.site(), Set.of(activity));
            for (String device : sprays.isEmpty() ? List.<String>of() : facts.reportersOf(activity)) {
                StateLine<Boolean> line = facts.running(device, activity).get(zone);
                if (line == null || !line.at(now).orElse(false)) {
                    continue;
                }
                List<Stretch<Wet>> water = Suppression.of(facts, sprays, FLOW_MIN, from, now + 1);
                Stretch<Wet> last = water.get(water.size() - 1);
                if (last.value().equals(Optional.of(Wet.DRY))) {
                    List<Stretch<Boolean>> works = line.stretches(from, now + 1);
                    long since = Math.max(last.from(), works.get(works.size() - 1).from());
                    found = Math.min(found, since + dryMaxMs + 1);
                }
            }
        }
        return found == Long.MAX_VALUE || excused(facts, from, now) ? Long.MAX_VALUE : found;
    }

    private static boolean excused(SiteFacts facts, long from, long now) {
        return Rain.exempt(facts, RAIN_MM, RAIN_WINDOW_MS, from, now + 1).contains(now)
                || Temperature.frost(facts, FROST_AT_OR_BELOW, FROST_UNTIL, from, now + 1, now).contains(now);
    }
}
