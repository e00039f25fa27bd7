package dustwarden.series;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** Every site's ranking, kept with a cursor when a day of it ended; told once an hour. */
final class Rankings {
    private static final String PREFIX = "ranking/";

    private final FigureStore store;
    private final Map<String, SiteRanking> known = new TreeMap<>();
    private final Set<String> unsaved = new TreeSet<>();
    private final Set<String> due = new TreeSet<>();

    Rankings(FigureStore store) {
        this.store = store;
    }

    SiteRanking of(String site) {
        return known.computeIfAbsent(site, id ->
                store.get(PREFIX + id).map(json -> SiteRanking.of(Json.parse(json))).orElseGet(SiteRanking::new));
    }

    /** A day of the site ended. */
    void ended(SiteStanding standing, SiteDay as) {
        String site = standing.site().id();
        of(site).put(standing.date(), as.spent());
        unsaved.add(site);
        due.add(site);
    }

    /** The site is to be told with the next. */
    void due(String site) {
        due.add(site);
    }

    void tell(Function<String, SiteStanding> standings, Consumer<InfluxLine> out) {
        for (String site : due) {
            SiteStanding standing = standings.apply(site);
            if (standing != null) {
                of(site).lines(standing.site(), standing.date(), standing.day().spent(), standing.dayStart(), out);
            }
        }
        due.clear();
    }

    /** What is to be kept with the next cursor. */
    void unsaved(Map<String, String> into) {
        unsaved.forEach(site -> into.put(PREFIX + site, of(site).json().toString()));
    }

    void saved() {
        unsaved.clear();
    }
}
