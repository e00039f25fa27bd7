package dustwarden.core.judge;

import dustwarden.core.model.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reports on the units of a site in order of the instant that they count from.
 *
 * <p>Of two reports of one instant neither is the newer, so the worse one is read last and stands.
 */
final class UnitBook {
    /** A sensor repeats itself all day; of one voice only the newest reports can matter. */
    private static final int OF_ONE_VOICE_MAX = 48;

    private static final Comparator<UnitFact> ORDER = Comparator.comparingLong(UnitFact::at)
            .thenComparing(f -> -inOrder(f))
            .thenComparing(f -> f.report().device())
            .thenComparing(UnitFact::offset);

    private final Map<String, List<UnitFact>> units = new TreeMap<>();

    /** @param corrected by clocks as they should be */
    List<UnitFact> of(String unit, boolean corrected) {
        List<UnitFact> all = units.getOrDefault(unit, List.of());
        boolean skewed = corrected && all.stream().anyMatch(f -> f.skewMs() != 0);
        return skewed ? all.stream().map(UnitFact::corrected).sorted(ORDER).toList() : all;
    }

    /** Adds a report; answers whether it says more than the newest one did. */
    boolean add(UnitFact fact) {
        List<UnitFact> all = units.computeIfAbsent(fact.report().unit(), k -> new ArrayList<>());
        boolean repeats = !all.isEmpty() && repeats(all.get(all.size() - 1), fact);
        int index = all.size();
        while (index > 0 && ORDER.compare(all.get(index - 1), fact) > 0) {
            index--;
        }
        all.add(index, fact);
        if (all.size() > OF_ONE_VOICE_MAX && all.stream().filter(f -> sameVoice(f, fact)).count() > OF_ONE_VOICE_MAX) {
            Optional<UnitFact> oldest = all.stream().filter(f -> sameVoice(f, fact)).findFirst();
            oldest.ifPresent(all::remove);
        }
        return !repeats;
    }

    private static boolean repeats(UnitFact newest, UnitFact fact) {
        return newest.report().confirmed()
                && newest.report().source() == Observation.Source.SENSOR
                && sameVoice(newest, fact)
                && newest.at() + newest.validityMs() > fact.at()
                && newest.report().good() == fact.report().good()
                && newest.report().share() == fact.report().share()
                && newest.report().active() == fact.report().active()
                && newest.skewMs() == fact.skewMs()
                && fact.report().confirmed();
    }

    private static double inOrder(UnitFact fact) {
        return fact.report().good() ? fact.report().share() : Math.min(fact.report().share(), 0.999);
    }

    private static boolean sameVoice(UnitFact a, UnitFact b) {
        return a.report().source() == b.report().source()
                && a.report().by() == b.report().by()
                && a.report().device().equals(b.report().device());
    }
}
