package dustwarden.core.judge;

import dustwarden.core.judge.Exit.Outcome;
import dustwarden.core.rule.PassagesRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How each gate stands: broken after a failed exit until enough good ones in a row, whatever the day.
 *
 * <p>It walks back from the newest exit to the last row of good ones, so that midnight mends nothing and a site in order
 * costs a few exits only. An exit that is not known to be good breaks the row.
 */
final class GateStanding {
    /** The first step back; each is twice as long as the one before. */
    private static final long STEP_MS = 3_600_000;

    private final PassagesRule rule;
    private final Gates gates;
    private final Exits exits;

    GateStanding(PassagesRule rule, Gates gates, Exits exits) {
        this.rule = rule;
        this.gates = gates;
        this.exits = exits;
    }

    private static final class Walk {
        int row;
        long failures;
        boolean mended;
        Optional<Reason> newest = Optional.empty();
    }

    List<Subject> subjects(SiteFacts facts, long now) {
        Map<String, Walk> walks = new TreeMap<>();
        gates.all().forEach(g -> walks.put(g.id(), new Walk()));
        long oldest = Math.max(facts.countsFrom(rule.head()) - SiteFacts.ON_ITS_WAY_MS, now - SiteFacts.KEPT_MS);
        long to = now + 1;
        for (long step = STEP_MS; to > oldest && !allMended(walks); step *= 2) {
            long from = Math.max(oldest, to - step);
            List<Exit> some = exits.within(facts, gates, from, to, now);
            for (int i = some.size() - 1; i >= 0; i--) {
                step(walks.computeIfAbsent(some.get(i).gate(), g -> new Walk()), some.get(i));
            }
            to = from;
        }
        List<Subject> subjects = new ArrayList<>();
        walks.forEach((gate, walk) -> subjects.add(new Subject(
                gate,
                walk.failures > 0 ? Subject.Standing.BROKEN : Subject.Standing.IN_ORDER,
                walk.failures,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                walk.newest.map(List::of).orElse(List.of()))));
        return subjects;
    }

    private static boolean allMended(Map<String, Walk> walks) {
        return walks.values().stream().allMatch(w -> w.mended);
    }

    private void step(Walk walk, Exit exit) {
        if (walk.mended) {
            return;
        }
        if (exit.outcome() == Outcome.PASSED) {
            walk.row++;
            walk.mended = walk.row >= rule.goodInARow();
            return;
        }
        walk.row = 0;
        if (exit.outcome() == Outcome.FAILED) {
            walk.failures++;
            walk.newest = walk.newest.or(exit::why);
        }
    }
}
