package dustwarden.series;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Days of sites that ended, kept for as long as a late report can change them; the newest are in memory. */
final class PastDays {
    private static final int KEPT_DAYS = 40;
    private static final int IN_MEMORY = 3;
    private static final String PREFIX = "day/";

    private final FigureStore store;
    private final TreeMap<LocalDate, Map<String, SiteDay>> known = new TreeMap<>();
    private final Map<String, SiteDay> changed = new HashMap<>();
    private LocalDate newest = LocalDate.MIN;

    PastDays(FigureStore store) {
        this.store = store;
    }

    /** The sites that have this day behind them. */
    Map<String, SiteDay> of(LocalDate day) {
        Map<String, SiteDay> found = known.get(day);
        if (found == null) {
            found = load(day);
            known.put(day, found);
            while (known.size() > IN_MEMORY) {
                known.remove(known.firstKey().equals(day) ? known.higherKey(day) : known.firstKey());
            }
        }
        return found;
    }

    Optional<SiteDay> of(LocalDate day, String site) {
        return Optional.ofNullable(of(day).get(site));
    }

    void put(LocalDate day, String site, SiteDay as) {
        of(day).put(site, as);
        changed.put(key(day, site), as);
        newest = day.isAfter(newest) ? day : newest;
    }

    /** What is to be kept with the next cursor. */
    void unsaved(Map<String, String> into) {
        changed.forEach((key, day) -> into.put(key, day.json().toString()));
    }

    void saved() {
        changed.clear();
    }

    /** The first key that is still kept. */
    Optional<String> forgetBefore() {
        return newest.equals(LocalDate.MIN) ? Optional.empty() : Optional.of(PREFIX + newest.minusDays(KEPT_DAYS));
    }

    private Map<String, SiteDay> load(LocalDate day) {
        Map<String, SiteDay> found = new HashMap<>();
        String prefix = PREFIX + day + "/";
        for (FigureStore.Row row : store.under(prefix)) {
            found.put(row.key().substring(prefix.length()), SiteDay.of(Json.parse(row.json())));
        }
        changed.forEach((key, as) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), as);
            }
        });
        return found;
    }

    private static String key(LocalDate day, String site) {
        return PREFIX + day + "/" + site;
    }
}
