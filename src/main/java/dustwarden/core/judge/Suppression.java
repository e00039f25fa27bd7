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

/**
 * Whether the dust of some activities is bound by water, from the sprays that are registered for any of them.
 *
 * <p>One spray that runs is enough; dry is only known when every spray is known not to run. Without a spray nothing is
 * known: water may come from a hose nobody registered.
 */
final class Suppression {
    /** From the best proof of water to the proof of none. */
    enum Wet {
        METERED,
        /** The relay is on; nothing measures the flow. */
        RELAY,
        DRY
    }

    private Suppression() {}

    static List<Device> sprays(Site site, Collection<Activity> activities) {
        return site.devices().stream()
                .filter(d -> d.kind() == DeviceKind.SPRAY)
                .filter(d -> d.suppresses().stream().anyMatch(activities::contains))
                .toList();
    }

    /** All of {@code [from, to)}; a metered flow below {@code flowMin} l/min is dry. */
    static List<Stretch<Wet>> of(SiteFacts facts, List<Device> sprays, double flowMin, long from, long to) {
        List<List<Stretch<Wet>>> lines = new ArrayList<>();
        for (Device spray : sprays) {
            List<Stretch<Wet>> line = new ArrayList<>();
            for (Stretch<SprayState> s : facts.spray(spray.id()).stretches(from, to)) {
                line.add(new Stretch<>(s.from(), s.to(), s.value().map(state -> wet(state, flowMin)), s.offset()));
            }
            lines.add(line);
        }
        return lines.isEmpty()
                ? List.of(new Stretch<>(from, to, Optional.empty(), -1))
                : Lines.join(from, to, lines, Suppression::best);
    }

    /** When what a spray said last stops to count; {@code Long.MAX_VALUE} for never. */
    static long holdsUntil(SiteFacts facts, List<Device> sprays, long at) {
        return sprays.stream().mapToLong(d -> facts.spray(d.id()).holdsUntil(at)).min().orElse(Long.MAX_VALUE);
    }

    private static Wet wet(SprayState state, double flowMin) {
        if (!state.on() || state.flow().isPresent() && state.flow().getAsDouble() < flowMin) {
            return Wet.DRY;
        }
        return state.flow().isPresent() ? Wet.METERED : Wet.RELAY;
    }

    private static Optional<Wet> best(List<Stretch<Wet>> now) {
        Optional<Wet> best = Optional.of(Wet.DRY);
        boolean unknown = false;
        for (Stretch<Wet> stretch : now) {
            unknown |= stretch.value().isEmpty();
            if (stretch.value().isPresent() && stretch.value().get().compareTo(best.get()) < 0) {
                best = stretch.value();
            }
        }
        return unknown && best.get() == Wet.DRY ? Optional.empty() : best;
    }
}
