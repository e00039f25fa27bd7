package dustwarden.core.honesty;

import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import dustwarden.core.model.Values.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Recorded hours of real stations as readings of each minute, with the scatter that an optical monitor has. */
final class RecordedAir {
    static final long MINUTE_MS = 60_000;
    static final int DAY_MINUTES = 1_440;

    /** One minute, to be tampered with. */
    static final class Minute {
        final long ts;
        double pm10;
        double pm25;
        double humidity;
        final double rain;

        Minute(long ts, double pm10, double pm25, double humidity, double rain) {
            this.ts = ts;
            this.pm10 = pm10;
            this.pm25 = pm25;
            this.humidity = humidity;
            this.rain = rain;
        }

        Reading reading(String device) {
            Map<Quantity, Value> values = new EnumMap<>(Quantity.class);
            values.put(Quantity.PM10, new Value(shown(pm10), Flag.N));
            values.put(Quantity.PM25, new Value(tenth(pm25), Flag.N));
            values.put(Quantity.HUMIDITY, new Value(Math.min(100, tenth(humidity)), Flag.N));
            values.put(Quantity.RAIN, new Value(rain, Flag.N));
            return new Reading("a-site", device, ts, OptionalLong.empty(), new Values(values));
        }
    }

    private record Hour(long at, double pm10, double pm25, double humidity, double rain) {}

    private final Map<String, List<Hour>> stations = new LinkedHashMap<>();

    RecordedAir() throws IOException {
        for (String line : Files.readAllLines(Path.of("devices/data/beijing-2015-05.csv"))) {
            String[] cells = line.split(",");
            if (!cells[0].equals("station")) {
                List<Hour> hours = stations.computeIfAbsent(cells[0], s -> new ArrayList<>());
                Hour before = hours.isEmpty() ? new Hour(0, 80, 40, 50, 0) : hours.get(hours.size() - 1);
                hours.add(new Hour(
                        LocalDateTime.parse(cells[1]).toInstant(ZoneOffset.ofHours(8)).toEpochMilli(),
                        number(cells[3], before.pm10()), number(cells[2], before.pm25()), number(cells[10], before.humidity()),
                        number(cells[7], 0)));
            }
        }
    }

    /** An hour that was not recorded is as the one before. */
    private static double number(String cell, double otherwise) {
        return cell.equals("NA") ? otherwise : Double.parseDouble(cell);
    }

    List<String> stations() {
        return List.copyOf(stations.keySet());
    }

    int days(String station) {
        return stations.get(station).size() / 24 - 1;
    }

    /** A day's minutes: between the hours in a straight line, each scattered by a few per cent. */
    List<Minute> day(String station, int day, long seed) {
        SplittableRandom chance = new SplittableRandom(seed * 31 + station.hashCode() * 7L + day);
        List<Hour> hours = stations.get(station);
        List<Minute> minutes = new ArrayList<>();
        for (int m = 0; m < DAY_MINUTES; m++) {
            Hour a = hours.get(day * 24 + m / 60);
            Hour b = hours.get(day * 24 + m / 60 + 1);
            double share = m % 60 / 60.0;
            minutes.add(new Minute(
                    a.at() + m % 60 * MINUTE_MS,
                    (a.pm10() + (b.pm10() - a.pm10()) * share) * (1 + 0.06 * (chance.nextDouble() - 0.5)),
                    (a.pm25() + (b.pm25() - a.pm25()) * share) * (1 + 0.06 * (chance.nextDouble() - 0.5)),
                    a.humidity() + (b.humidity() - a.humidity()) * share + 0.6 * (chance.nextDouble() - 0.5),
                    a.rain() / 60));
        }
        return minutes;
    }

    /** A device that speaks mg/m³ gives three decimals. */
    private static double shown(double value) {
        return value < 5 ? Math.round(value * 1_000) / 1_000.0 : tenth(value);
    }

    private static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
