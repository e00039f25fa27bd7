package dustwarden.core.judge;

import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Claim;
import dustwarden.core.model.Observation.Cargo;
import dustwarden.core.model.Observation.Passage;
import dustwarden.core.model.Observation.Vehicle;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether haulage runs: what activity sensors say, and loaded trucks through the gates, in or out.
 *
 * <p>A loaded truck is haulage for some minutes. Without one haulage is idle when its sensors say so, or when every
 * gate in use is heard, since no truck comes or goes another way; a truck that may be loaded leaves it unknown.
 */
final class Haulage {
    private final Gates gates;
    private final long passageMs;

    Haulage(Gates gates, long passageMs) {
        this.gates = gates;
        this.passageMs = passageMs;
    }

    /** All of {@code [from, to)}: true runs, false idle, empty unknown. */
    List<Stretch<Boolean>> of(SiteFacts facts, long from, long to) {
        List<List<Stretch<Boolean>>> lines = new ArrayList<>();
        lines.add(trucks(facts, from, to));
        lines.add(Works.of(facts, Set.of(Activity.HAULAGE), from, to));
        lines.add(gatesHeard(facts, from, to));
        return Lines.join(from, to, lines, Haulage::decide);
    }

    /** When what holds at an instant may change if nothing more is reported. */
    long holdsUntil(SiteFacts facts, long at) {
        long until = Works.holdsUntil(facts, Set.of(Activity.HAULAGE), at);
        for (PassageFact fact : facts.passages(at - passageMs + 1, at + 1)) {
            until = Math.min(until, fact.at() + passageMs);
        }
        Stretch<Boolean> heard = gatesHeard(facts, at, at + 86_400_000).get(0);
        return heard.value().isPresent() ? Math.min(until, heard.to()) : until;
    }

    /** True a loaded truck, false none, empty one that may be loaded. */
    private List<Stretch<Boolean>> trucks(SiteFacts facts, long from, long to) {
        Spans loaded = new Spans();
        Spans perhaps = new Spans();
        for (PassageFact fact : facts.passages(from - passageMs + 1, to)) {
            Claim is = loaded(fact.passage());
            if (is != Claim.NO) {
                (is == Claim.YES ? loaded : perhaps).add(fact.at(), fact.at() + passageMs);
            }
        }
        List<List<Stretch<Boolean>>> lines = List.of(line(loaded, from, to), line(perhaps, from, to));
        return Lines.join(from, to, lines, now -> now.get(0).value().isPresent()
                ? now.get(0).value()
                : now.get(1).value().isPresent() ? Optional.empty() : Optional.of(false));
    }

    private static Claim loaded(Passage passage) {
        boolean heavy = passage.vehicle() == Vehicle.TRUCK || passage.vehicle() == Vehicle.OTHER_HEAVY;
        if (!heavy || passage.cargo().equals(Optional.of(Cargo.NONE))) {
            return Claim.NO;
        }
        return passage.loaded();
    }

    /** False while every gate in use is heard, else empty. */
    private List<Stretch<Boolean>> gatesHeard(SiteFacts facts, long from, long to) {
        Spans all = new Spans();
        LocalDate date = facts.site().localDate(from);
        List<Gates.Watched> open = gates.on(date);
        if (!open.isEmpty()) {
            all.add(from, to);
        }
        for (Gates.Watched gate : open) {
            Spans heard = new Spans();
            gate.devices().forEach(d -> facts.device(d.id()).heard().within(from, to).forEach(s -> heard.add(s.from(), s.to())));
            heard.gaps(from, to).forEach(gap -> all.remove(gap.from(), gap.to()));
        }
        List<Stretch<Boolean>> line = new ArrayList<>();
        for (Stretch<Boolean> stretch : line(all, from, to)) {
            line.add(new Stretch<>(stretch.from(), stretch.to(), stretch.value().map(v -> false), -1));
        }
        return line;
    }

    private static List<Stretch<Boolean>> line(Spans spans, long from, long to) {
        List<Stretch<Boolean>> line = new ArrayList<>();
        long at = from;
        for (Spans.Span span : spans.within(from, to)) {
            if (span.from() > at) {
                line.add(new Stretch<>(at, span.from(), Optional.empty(), -1));
            }
            line.add(new Stretch<>(span.from(), span.to(), Optional.of(true), -1));
            at = span.to();
        }
        if (at < to) {
            line.add(new Stretch<>(at, to, Optional.empty(), -1));
        }
        return line;
    }

    /** Of trucks, sensors and gates. */
    private static Optional<Boolean> decide(List<Stretch<Boolean>> now) {
        Optional<Boolean> trucks = now.get(0).value();
        Optional<Boolean> sensors = now.get(1).value();
        if (trucks.equals(Optional.of(true)) || sensors.equals(Optional.of(true))) {
            return Optional.of(true);
        }
        return trucks.isEmpty() ? trucks : sensors.isPresent() ? sensors : now.get(2).value();
    }
}
