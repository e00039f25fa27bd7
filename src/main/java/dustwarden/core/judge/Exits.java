package dustwarden.core.judge;

import dustwarden.core.rule.PassagesRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The exits of a site under a rule: several reports on one vehicle at one gate are one exit, the worse report counts. */
final class Exits {
    private static final Comparator<PassageFact> BY_TIME = Comparator.comparingLong(PassageFact::at)
            .thenComparing(f -> f.passage().device())
            .thenComparing(f -> f.passage().id())
            .thenComparing(PassageFact::offset);

    private final PassagesRule rule;
    private final PassageCheck check;

    Exits(PassagesRule rule) {
        this.rule = rule;
        this.check = new PassageCheck(rule);
    }

    /** A report with the exit that it makes. */
    private record Told(PassageFact fact, Exit exit) {}

    /** Exits that began in {@code [from, to)}, in order of time. */
    List<Exit> within(SiteFacts facts, Gates gates, long from, long to, long now) {
        return within(facts, gates, from, to, now, false);
    }

    /** The same and, where asked for, failed ones outside that a clock that is off may have moved over midnight. */
    List<Exit> within(SiteFacts facts, Gates gates, long from, long to, long now, boolean moved) {
        long reach = 2 * rule.samePlateMs() + (moved ? 2 * facts.skewMax() : 0);
        List<PassageFact> reports = new ArrayList<>(facts.passages(from - reach, to + reach));
        reports.sort(BY_TIME);
        Map<String, List<List<Told>>> open = new HashMap<>();
        List<List<Told>> all = new ArrayList<>();
        for (PassageFact fact : reports) {
            if (fact.at() < facts.countsFrom() - SiteFacts.ON_ITS_WAY_MS) {
                continue;
            }
            String gate = gates.of(fact);
            Optional<Exit> exit = check.check(facts, fact, gate, now);
            if (exit.isPresent()) {
                put(open.computeIfAbsent(gate, g -> new ArrayList<>()), all, new Told(fact, exit.get()));
            }
        }
        List<Exit> exits = new ArrayList<>();
        for (List<Told> group : all) {
            Exit exit = group.get(0).exit();
            for (int i = 1; i < group.size(); i++) {
                exit = exit.with(group.get(i).exit());
            }
            boolean touches = moved && exit.outcome() == Exit.Outcome.FAILED && exit.earliest() < to && exit.latest() >= from;
            if (exit.at() >= from && exit.at() < to || touches) {
                exits.add(exit);
            }
        }
        return exits;
    }

    private void put(List<List<Told>> open, List<List<Told>> all, Told told) {
        open.removeIf(group -> told.fact().at() - group.get(group.size() - 1).fact().at() > rule.samePlateMs());
        if (open.isEmpty()) {
            List<Told> alone = new ArrayList<>(1);
            alone.add(told);
            open.add(alone);
            all.add(alone);
            return;
        }
        List<List<Told>> same = open.stream().filter(group -> group.stream().anyMatch(t -> same(t.fact(), told.fact()))).toList();
        List<Told> home = same.isEmpty() ? new ArrayList<>() : same.get(0);
        if (same.isEmpty()) {
            open.add(home);
            all.add(home);
        }
        for (List<Told> other : same.subList(Math.min(1, same.size()), same.size())) {
            home.addAll(other);
            open.removeIf(group -> group == other);
            all.removeIf(group -> group == other);
        }
        home.add(told);
    }

    /** One plate, or one id where the plates do not differ, close in time. */
    private boolean same(PassageFact a, PassageFact b) {
        Optional<String> one = a.passage().plate();
        Optional<String> other = b.passage().plate();
        boolean plates = one.isPresent() && one.equals(other);
        boolean differ = one.isPresent() && other.isPresent() && !plates;
        boolean ids = a.passage().id().equals(b.passage().id());
        return Math.abs(a.at() - b.at()) <= rule.samePlateMs() && (plates || ids && !differ);
    }
}
