package dustwarden.command;

import dustwarden.core.model.Device;
import dustwarden.core.model.Flag;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What the last hour of readings says of the air of one site: PM10 by the minute, rain, frost, wind. */
final class SiteAir {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long BACKGROUND_MS = 3 * HOUR_MS;
    private static final Map<String, Integer> SIDES = Map.of(
            "N", 0, "NE", 45, "E", 90, "SE", 135, "S", 180, "SW", 225, "W", 270, "NW", 315);
    private static final int UPWIND_WITHIN = 45;

    /** A value with its time, epoch ms. */
    private record At(long at, double value) {}

    private final Map<String, Deque<At>> pm10 = new TreeMap<>();
    private final Deque<At> rain = new ArrayDeque<>();
    private Optional<At> temperature = Optional.empty();
    private Optional<At> wind = Optional.empty();
    private Optional<At> background = Optional.empty();

    /** @param received when it came; what is older than some minutes says nothing of now */
    void take(Reading reading, long received) {
        if (received - reading.ts() > SprayTerms.DEFAULT.stale().toMillis() || reading.ts() - received > MINUTE_MS) {
            return;
        }
        reading.values().forEach((quantity, value) -> {
            if (value.flag() == Flag.N) {
                take(quantity, value.number(), reading.device(), received);
            }
        });
    }

    private void take(Quantity quantity, double value, String device, long received) {
        switch (quantity) {
            case PM10 -> add(pm10.computeIfAbsent(device, d -> new ArrayDeque<>()), received, value);
            case RAIN -> add(rain, received, value);
            case TEMPERATURE -> temperature = Optional.of(new At(received, value));
            case WIND_DIRECTION -> wind = Optional.of(new At(received, value));
            default -> {
                // Says nothing of when to spray.
            }
        }
    }

    void background(long received, double value) {
        background = Optional.of(new At(received, value));
    }

    private static void add(Deque<At> values, long at, double value) {
        values.add(new At(at, value));
        while (!values.isEmpty() && values.peek().at() < at - HOUR_MS) {
            values.poll();
        }
    }

    /** The mean of a monitor over the time up to now; empty where it said nothing in it. */
    OptionalDouble mean(String monitor, long now, long spanMs) {
        return pm10.getOrDefault(monitor, new ArrayDeque<>()).stream()
                .filter(v -> v.at() > now - spanMs && v.at() <= now)
                .mapToDouble(At::value)
                .average();
    }

    /** The monitor that stands worst over the last minute and was heard in time. */
    Optional<String> worst(long now, long staleMs) {
        Optional<String> worst = Optional.empty();
        double most = Double.NEGATIVE_INFINITY;
        for (String monitor : pm10.keySet()) {
            OptionalDouble mean = mean(monitor, now, Math.max(MINUTE_MS, staleMs));
            if (mean.isPresent() && fresh(monitor, now, staleMs) && mean.getAsDouble() > most) {
                most = mean.getAsDouble();
                worst = Optional.of(monitor);
            }
        }
        return worst;
    }

    private boolean fresh(String monitor, long now, long staleMs) {
        Deque<At> values = pm10.get(monitor);
        return !values.isEmpty() && now - values.peekLast().at() <= staleMs;
    }

    double rainOfTheHour(long now) {
        return rain.stream().filter(r -> r.at() > now - HOUR_MS).mapToDouble(At::value).sum();
    }

    OptionalDouble temperature(long now) {
        return temperature.filter(t -> now - t.at() <= HOUR_MS / 2).map(t -> OptionalDouble.of(t.value()))
                .orElse(OptionalDouble.empty());
    }

    /** What dust would be there without the site. @param kind {@code upwind}, {@code background} or {@code none} */
    record Reference(String kind, double value) {}

    /** The upwind monitor, else the region's background, else nothing. */
    Reference reference(Site site, String monitor, long now, long spanMs) {
        Optional<Double> from = wind.filter(w -> now - w.at() <= HOUR_MS / 6).map(At::value);
        if (from.isPresent()) {
            for (Device device : site.devices()) {
                Integer side = device.side().map(SIDES::get).orElse(null);
                OptionalDouble mean = mean(device.id(), now, spanMs);
                if (side != null && !device.id().equals(monitor) && mean.isPresent() && apart(from.get(), side) <= UPWIND_WITHIN) {
                    return new Reference("upwind", mean.getAsDouble());
                }
            }
        }
        return background.filter(b -> now - b.at() <= BACKGROUND_MS)
                .map(b -> new Reference("background", b.value()))
                .orElse(new Reference("none", 0));
    }

    private static double apart(double one, double other) {
        double turn = Math.abs(one - other) % 360;
        return Math.min(turn, 360 - turn);
    }
}
