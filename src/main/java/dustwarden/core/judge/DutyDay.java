package dustwarden.core.judge;

import dustwarden.core.judge.DutyPart.World;
import dustwarden.core.judge.DutyRun.Breach;
import dustwarden.core.judge.StateLine.Stretch;
import dustwarden.core.judge.Suppression.Wet;
import dustwarden.core.model.Device;
import dustwarden.core.rule.DutyRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A local day, or what has passed of it, as a duty sees it: what ran, what was wet, what was exempt, and how that adds
 * up in each world.
 */
final class DutyDay {
    private static final long SCENE_MS = 7_200_000;

    private final DutyRule rule;
    private final SiteFacts facts;
    private final long dayStart;
    private final long start;
    private final long end;
    private final List<Stretch<Boolean>> works;
    private final List<Device> sprays;
    private final long from;
    private final long to;
    private final long horizon;
    private final long now;
    private final List<DutyPart> parts = new ArrayList<>();
    private boolean built;
    private final Map<World, DutyRun> runs = new EnumMap<>(World.class);
    private final Map<World, DutyRun> thoughtOn = new EnumMap<>(World.class);
    private Spans rain = new Spans();
    private Spans frost = new Spans();

    /**
     * @param end now while the day runs, else its end
     * @param horizon how far what holds at {@code end} is thought on; {@code end} for not at all
     */
    DutyDay(DutyRule rule, SiteFacts facts, List<Device> sprays, long dayStart, long end, long horizon, long now) {
        this.rule = rule;
        this.facts = facts;
        this.dayStart = dayStart;
        this.end = end;
        this.start = Math.max(dayStart, facts.countsFrom(rule.head()));
        long scene = Math.max(SCENE_MS, 2 * (rule.graceMs() + rule.gapMaxMs()));
        this.from = Math.max(dayStart - scene, facts.countsFrom(rule.head()));
        this.to = horizon > end ? end + 1 : end;
        this.horizon = Math.max(to, horizon);
        this.now = now;
        this.sprays = sprays;
        this.works = Works.of(facts, rule.activities(), from, to);
    }

    /** Whether there is more than proven idleness. */
    boolean anything() {
        return works.stream().anyMatch(s -> s.value().isEmpty() ? rule.unwatchedUnknown() : s.value().get());
    }

    /** Whether a report of this day says that the activity ran. */
    boolean ran() {
        return works.stream().anyMatch(s -> s.to() > start && s.value().equals(Optional.of(true)));
    }

    /** Whether it runs at the end of what has passed; empty when nobody knows. */
    Optional<Boolean> runsAtEnd() {
        return works.isEmpty() ? Optional.empty() : works.get(works.size() - 1).value();
    }

    boolean unwatched() {
        return works.stream().anyMatch(s -> s.to() > start && s.value().isEmpty());
    }

    /** What holds at the end of what has passed. */
    Optional<DutyPart> last() {
        return all().stream().filter(p -> p.from() <= end && p.to() > end).findFirst();
    }

    /** The parts of the day that have passed. */
    List<DutyPart> parts() {
        return all().stream().filter(p -> p.from() >= start && p.from() < end).toList();
    }

    /** The parts that have passed, those before the day that set its scene among them. */
    List<DutyPart> withScene() {
        return all().stream().filter(p -> p.from() < end).toList();
    }

    /** The arithmetic of what has passed in one world. */
    DutyRun run(World world) {
        return runs.computeIfAbsent(world, w -> runTo(w, end));
    }

    /** Breaches in one world, up to the end. */
    List<Breach> breaches(World world) {
        return thoughtOn(world).breaches().stream().filter(b -> b.at() <= end).toList();
    }

    /** Breaches beyond doubt: those of the kindest world, where every best world has some. */
    List<Breach> breaches() {
        for (World world : World.values()) {
            if (world.best() && breaches(world).isEmpty()) {
                return List.of();
            }
        }
        return breaches(World.BEST_MIXED);
    }

    /** The next breach after the end in one world if all goes on as it stands; {@code Long.MAX_VALUE} for none. */
    long nextBreach(World world) {
        return thoughtOn(world).breaches().stream()
                .mapToLong(Breach::at).filter(at -> at > end).min().orElse(Long.MAX_VALUE);
    }

    /** When enough wet work in a row will have been done if all goes on as it stands; {@code Long.MAX_VALUE} for never. */
    long nextMended(World world) {
        return thoughtOn(world).mended().stream().filter(at -> at > end).min(Long::compare).orElse(Long.MAX_VALUE);
    }

    private DutyRun thoughtOn(World world) {
        return horizon == end ? run(world) : thoughtOn.computeIfAbsent(world, w -> runTo(w, horizon));
    }

    private DutyRun runTo(World world, long until) {
        DutyRun run = new DutyRun(rule, dayStart);
        for (DutyPart part : all()) {
            if (part.from() < until) {
                run.step(part.mode(world, rule.graceMs()), part.from(), part.to(), part.offset());
            }
        }
        return run;
    }

    /** When an exemption that holds at the end runs out; {@code Long.MAX_VALUE} for none. */
    long exemptUntil() {
        all();
        long until = Math.max(rain.endAt(end), frost.endAt(end));
        return until > end ? until : Long.MAX_VALUE;
    }

    /** Whether no time of the day counts against it in any world, nor does the present: its shares stay what they are. */
    boolean steady() {
        boolean dry = last().filter(p -> p.mode(World.WORST_RUNS, rule.graceMs()) == DutyPart.Mode.DRY).isPresent();
        // Work of which nothing counted yet may turn out to be exempt throughout, or not to be, at any moment.
        boolean open = ran() && run(World.BEST_MIXED).worked() == 0;
        if (dry || open || !last().map(DutyPart::known).orElse(!anything())) {
            return false;
        }
        for (World world : World.values()) {
            if (anything() && (run(world).share() < 1 || !breaches(world).isEmpty())) {
                return false;
            }
        }
        return true;
    }

    /** What exempted work today. */
    String exemptCause() {
        boolean byRain = parts().stream().anyMatch(p -> p.running() && p.exempt() && rain.contains(p.from()));
        return byRain ? "rain" : "frost";
    }

    private List<DutyPart> all() {
        if (!built) {
            built = true;
            if (anything()) {
                build();
            }
        }
        return parts;
    }

    private void build() {
        List<Stretch<Wet>> wet = Suppression.of(facts, sprays, rule.flowMin(), from, to);
        List<DutyPart> raw = new ArrayList<>();
        boolean perhapsDry = false;
        int w = 0;
        for (Stretch<Boolean> work : works) {
            boolean ignored = work.value().isEmpty() && !rule.unwatchedUnknown();
            Optional<Boolean> runs = ignored ? Optional.of(false) : work.value();
            long unwatched = runs.isEmpty() ? work.length() : 0;
            for (long at = work.from(); at < work.to(); ) {
                while (wet.get(w).to() <= at) {
                    w++;
                }
                Stretch<Wet> water = wet.get(w);
                long until = Math.min(work.to(), water.to());
                perhapsDry |= runs.orElse(true) && water.value().map(v -> v == Wet.DRY).orElse(true);
                raw.add(new DutyPart(at, until, runs, water.value(), false, unwatched,
                        Math.max(work.offset(), water.offset())));
                at = until;
            }
        }
        if (horizon > to) {
            DutyPart last = raw.remove(raw.size() - 1);
            raw.add(last.between(last.from(), horizon, false));
        }
        if (perhapsDry) {
            rain = Rain.exempt(facts, rule.rainMm(), rule.rainWindowMs(), from, horizon);
            if (rule.frostExempts()) {
                frost = Temperature.frost(facts, rule.frostAtOrBelow(), rule.frostUntil(), from, horizon, now);
            }
        }
        Spans exempt = new Spans();
        rain.within(from, horizon).forEach(s -> exempt.add(s.from(), s.to()));
        frost.within(from, horizon).forEach(s -> exempt.add(s.from(), s.to()));
        raw.forEach(part -> cut(part, exempt));
    }

    /** Cuts a part where an exemption begins or ends, at the day's start and at the end of what has passed. */
    private void cut(DutyPart part, Spans exempt) {
        for (long at = part.from(); at < part.to(); ) {
            boolean isExempt = exempt.contains(at);
            long until = part.to();
            if (isExempt) {
                until = Math.min(until, exempt.endAt(at));
            } else {
                List<Spans.Span> next = exempt.within(at, until);
                until = next.isEmpty() ? until : next.get(0).from();
            }
            until = at < dayStart && until > dayStart ? dayStart : until;
            until = at < end && until > end ? end : until;
            parts.add(part.between(at, until, isExempt));
            at = until;
        }
    }
}
