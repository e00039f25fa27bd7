package dustwarden.core.honesty;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dustwarden.core.honesty.RecordedAir.Minute;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Labelled attacks on recorded days: how many are found, and how many finds are right. The figures stand in
 * {@code docs/honesty.md}.
 */
class AttackTest {
    private static final double RECALL_LEAST = 0.9;
    private static final double PRECISION_LEAST = 0.95;
    private static final int SEEDS = 2;

    /** What is done to a day. */
    private interface Attack {
        void on(List<Minute> day, SplittableRandom chance);
    }

    private static final Map<DoubtKind, Attack> ATTACKS = new EnumMap<>(Map.of(
            DoubtKind.FROZEN, (day, chance) -> {
                int from = chance.nextInt(900);
                int length = 150 + chance.nextInt(300);
                for (int m = from; m < from + length; m++) {
                    day.get(m).pm10 = day.get(from).pm10;
                }
            },
            DoubtKind.FLAT_ZERO, (day, chance) -> {
                int from = chance.nextInt(1_200);
                for (int m = from; m < from + 75 + chance.nextInt(100); m++) {
                    day.get(m).pm10 = 0;
                    day.get(m).pm25 = 0;
                }
            },
            DoubtKind.AT_RANGE, (day, chance) -> {
                int from = chance.nextInt(1_300);
                double end = chance.nextBoolean() ? 999.9 : 1_000;
                for (int m = from; m < from + 10 + chance.nextInt(60); m++) {
                    day.get(m).pm10 = end;
                }
            },
            DoubtKind.JUMPS, (day, chance) -> {
                int from = chance.nextInt(1_200);
                for (int m = from; m < from + 60; m += 4 + chance.nextInt(8)) {
                    day.get(m).pm10 = 900 + 4_000 * chance.nextDouble();
                }
            },
            DoubtKind.HUMIDITY_COUPLED, (day, chance) -> {
                double dry = 20 + 60 * chance.nextDouble();
                double turns = 2 * Math.PI / (150 + chance.nextInt(90));
                for (int m = 0; m < day.size(); m++) {
                    Minute minute = day.get(m);
                    minute.humidity = 78 + 17 * Math.sin(m * turns) + chance.nextDouble();
                    minute.pm10 = dry / Math.pow(1 - minute.humidity / 100, 0.6) * (0.98 + 0.04 * chance.nextDouble());
                }
            },
            DoubtKind.SPRAY_AT_INLET, (day, chance) -> {
                for (int n = 0; n < 4; n++) {
                    int from = 60 + n * 300 + chance.nextInt(200);
                    for (int m = from; m < from + 30; m++) {
                        day.get(m).pm10 *= 0.15 + 0.1 * chance.nextDouble();
                        day.get(m).pm25 *= 0.2;
                        day.get(m).humidity = Math.min(99, day.get(m).humidity + 25);
                    }
                }
            },
            DoubtKind.SCALE, (day, chance) -> day.forEach(m -> m.pm10 /= 1_000)));

    private final RecordedAir air;
    private final Map<DoubtKind, int[]> found = new EnumMap<>(DoubtKind.class);
    private final Map<String, Integer> wrong = new TreeMap<>();
    private int cleanDays;
    private int wrongFinds;
    private int rightFinds;

    AttackTest() throws IOException {
        air = new RecordedAir();
    }

    @Test
    void attacksAreFoundAndHonestDaysAreLeftAlone() {
        for (String station : air.stations()) {
            for (int day = 0; day < air.days(station); day++) {
                for (int seed = 0; seed < SEEDS; seed++) {
                    clean(station, day, seed);
                    int at = day;
                    int with = seed;
                    ATTACKS.forEach((kind, attack) -> attacked(station, at, with, kind, attack));
                    copied(station, day, seed);
                }
            }
        }
        StringBuilder table = new StringBuilder();
        found.forEach((kind, counts) -> table.append(String.format(Locale.ROOT, "%s %d of %d%n", kind.wire(), counts[0], counts[1])));
        String said = table + "right " + rightFinds + " wrong " + wrongFinds + " honest days " + cleanDays + " " + wrong;
        found.forEach((kind, counts) -> assertTrue(counts[0] >= RECALL_LEAST * counts[1], kind + "\n" + said));
        assertTrue(rightFinds >= PRECISION_LEAST * (rightFinds + wrongFinds), said);
    }

    private void clean(String station, int day, long seed) {
        cleanDays++;
        Set<DoubtKind> doubts = doubts(Map.of("dust-1", air.day(station, day, seed)));
        wrongFinds += doubts.size();
        doubts.forEach(d -> wrong.merge("an honest day taken for " + d, 1, Integer::sum));
    }

    private void attacked(String station, int day, long seed, DoubtKind kind, Attack attack) {
        List<Minute> minutes = air.day(station, day, seed);
        if (kind == DoubtKind.SPRAY_AT_INLET && minutes.stream().anyMatch(m -> m.rain > 0 || m.pm10 < 45 || m.humidity > 85)) {
            // In rain, clean air or fog there is nothing to see of it, and nothing to gain by it.
            return;
        }
        attack.on(minutes, new SplittableRandom(seed * 1_000 + day));
        score(kind, doubts(Map.of("dust-1", minutes)));
    }

    private void copied(String station, int day, long seed) {
        List<Minute> honest = air.day(station, day, seed);
        List<Minute> copy = new ArrayList<>();
        int shift = (int) (seed * 17);
        for (int m = shift; m < honest.size(); m++) {
            Minute from = honest.get(m - shift);
            copy.add(new Minute(honest.get(m).ts, from.pm10, from.pm25, from.humidity, from.rain));
        }
        score(DoubtKind.COPIED, doubts(Map.of("dust-1", honest, "dust-2", copy)));
    }

    private void score(DoubtKind kind, Set<DoubtKind> doubts) {
        int[] counts = found.computeIfAbsent(kind, k -> new int[2]);
        counts[1]++;
        if (doubts.contains(kind)) {
            counts[0]++;
            rightFinds++;
        }
        wrongFinds += doubts.size() - (doubts.contains(kind) ? 1 : 0);
        doubts.stream().filter(d -> d != kind).forEach(d -> wrong.merge(kind + " taken for " + d, 1, Integer::sum));
    }

    private static Set<DoubtKind> doubts(Map<String, List<Minute>> byDevice) {
        SiteDoubts site = new SiteDoubts();
        Set<DoubtKind> kinds = new TreeSet<>();
        record Said(String device, Minute minute) {}
        List<Said> all = new ArrayList<>();
        byDevice.forEach((device, minutes) -> minutes.forEach(m -> all.add(new Said(device, m))));
        all.sort((a, b) -> Long.compare(a.minute().ts, b.minute().ts));
        for (Said said : all) {
            site.reading(said.minute().reading(said.device()), monitor(said.device()), doubt -> kinds.add(doubt.kind()));
        }
        byDevice.keySet().forEach(id -> site.endOfDay(monitor(id), all.get(all.size() - 1).minute().ts, d -> kinds.add(d.kind())));
        return kinds;
    }

    static Device monitor(String id) {
        return new Device(id, DeviceKind.MONITOR, 60_000, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
