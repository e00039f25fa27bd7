package dustwarden.core.honesty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.honesty.RecordedAir.Minute;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Labelled copies across sites: recorded days of several stations as sites of their own, one of them copied to another
 * site. The figures stand in {@code docs/honesty.md}.
 */
class CopiesAcrossTest {
    private static final int[] SHIFTS_MIN = {0, 1, 17, 60, 180, 300};
    private static final int SEEDS = 2;
    private static final double RECALL_LEAST = 0.9;

    private final RecordedAir air;
    private int copies;
    private int found;
    private int wrong;
    private int honest;

    CopiesAcrossTest() throws IOException {
        air = new RecordedAir();
    }

    @Test
    void copiesAreFoundAndHonestSitesAreLeftAlone() {
        for (int day = 0; day < 4; day++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                for (String station : air.stations()) {
                    for (int shift : SHIFTS_MIN) {
                        copied(station, day, seed, shift, RecordedAir.DAY_MINUTES);
                    }
                }
                neighbours(day, seed);
            }
        }
        String said = "found " + found + " of " + copies + ", wrong " + wrong + " of " + honest + " honest site-days";
        assertTrue(found >= RECALL_LEAST * copies, said);
        assertEquals(0, wrong, said);
    }

    /** How long it must be copied to be found: published, and bounded here by what an afternoon shows. */
    @Test
    void fourHoursOfACopyAreMostlyEnough() {
        Map<Integer, Integer> byHours = new TreeMap<>();
        int tries = 0;
        for (int day = 0; day < 4; day++) {
            for (String station : air.stations()) {
                tries++;
                for (int hours : new int[] {1, 2, 4, 8}) {
                    int before = found;
                    copied(station, day, 7, 17, hours * 60);
                    byHours.merge(hours, found - before, Integer::sum);
                }
            }
        }
        String said = String.format(Locale.ROOT, "of %d by hours: %s", tries, byHours);
        assertTrue(byHours.get(4) >= 0.8 * tries && byHours.get(8) >= 0.95 * tries, said);
    }

    /** Every station is a site; one more says what the first said, from an hour of the day on for so long. */
    private void copied(String station, int day, long seed, int shift, int minutes) {
        Map<String, List<Minute>> sites = new TreeMap<>();
        air.stations().forEach(s -> sites.put("site-" + s, air.day(s, day, seed)));
        List<Minute> from = air.day(station, day, seed);
        List<Minute> own = air.day(station, (day + 1) % 4, seed + 100);
        int begin = minutes == RecordedAir.DAY_MINUTES ? shift : 400;
        List<Minute> copy = new ArrayList<>();
        for (int m = 0; m < from.size(); m++) {
            boolean isCopy = m >= begin && m < begin + minutes && m >= shift;
            Minute said = isCopy ? from.get(m - shift) : own.get(m);
            copy.add(new Minute(from.get(m).ts, said.pm10, said.pm25, said.humidity, said.rain));
        }
        sites.put("the-copy", copy);
        TreeSet<String> doubted = doubted(sites);
        copies++;
        found += doubted.remove("the-copy") ? 1 : 0;
        wrong += doubted.size();
        honest += sites.size() - 1;
    }

    /** Two sites in the same air with whole micrograms, as cheap monitors say them. */
    private void neighbours(int day, long seed) {
        Map<String, List<Minute>> sites = new TreeMap<>();
        for (int n = 0; n < 8; n++) {
            List<Minute> minutes = air.day(air.stations().get(n % 2), day, seed * 50 + n);
            SplittableRandom chance = new SplittableRandom(n);
            minutes.forEach(m -> m.pm10 = Math.round(m.pm10 / 4 + chance.nextDouble()));
            sites.put("near-" + n, minutes);
        }
        wrong += doubted(sites).size();
        honest += sites.size();
    }

    private static TreeSet<String> doubted(Map<String, List<Minute>> bySite) {
        Map<String, SiteDoubts> sites = new TreeMap<>();
        bySite.keySet().forEach(site -> sites.put(site, new SiteDoubts()));
        CopiesAcross across = new CopiesAcross();
        TreeSet<String> doubted = new TreeSet<>();
        for (int m = 0; m < RecordedAir.DAY_MINUTES; m++) {
            for (Map.Entry<String, List<Minute>> each : bySite.entrySet()) {
                SiteDoubts doubts = sites.get(each.getKey());
                doubts.reading(each.getValue().get(m).reading("dust-1"), AttackTest.monitor("dust-1"), doubt -> { });
                across.look(each.getKey(), doubts, site -> Optional.of(sites.get(site)))
                        .forEach(copy -> doubted.add(copy.site()));
            }
        }
        return doubted;
    }
}
