package dustwarden.simulate;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** A quantity over local time, defined for every date and repeating itself. */
public sealed interface Signal {

    /** The value at that local time, in the signal's own unit. */
    double at(LocalDateTime local);

    /** How recorded hours become values in between. */
    enum Shape {
        /** Piecewise linear, so bent that the mean over each hour is the recorded one; never below zero. */
        MEAN,
        /** Straight lines between the middles of the hours. */
        LINEAR,
        /** The hour's value throughout the hour. */
        HOLD,
        /** The hour's amount shared out evenly over the reports of the hour. */
        SPREAD
    }

    /** Recorded hours, whole days of them, laid over the calendar again and again. */
    record Recorded(List<Double> hours, Shape shape) implements Signal {

        private static final int HOURS_A_DAY = 24;
        private static final double SECONDS_AN_HOUR = 3600;

        public Recorded {
            hours = List.copyOf(hours);
            Objects.requireNonNull(shape, "shape");
            if (hours.isEmpty() || hours.size() % HOURS_A_DAY != 0) {
                throw new IllegalArgumentException(hours.size() + " recorded hours are not whole days");
            }
        }

        /** The recorded value of the hour that the local time lies in. */
        public double hour(LocalDateTime local) {
            return value(index(local));
        }

        @Override
        public double at(LocalDateTime local) {
            int index = index(local);
            double into = (local.getMinute() * 60 + local.getSecond()) / SECONDS_AN_HOUR;
            if (shape == Shape.MEAN) {
                return meanKeeping(index, into);
            }
            return shape == Shape.LINEAR ? linear(index, into) : value(index);
        }

        private int index(LocalDateTime local) {
            int days = hours.size() / HOURS_A_DAY;
            int day = (int) Math.floorMod(local.toLocalDate().toEpochDay(), (long) days);
            return day * HOURS_A_DAY + local.getHour();
        }

        private double value(int index) {
            return hours.get(Math.floorMod(index, hours.size()));
        }

        private double linear(int index, double into) {
            return into < 0.5
                    ? between(value(index - 1), value(index), into + 0.5)
                    : between(value(index), value(index + 1), into - 0.5);
        }

        private double meanKeeping(int index, double into) {
            double first = edge(index - 1, index);
            double last = edge(index, index + 1);
            double middle = 2 * value(index) - (first + last) / 2;
            return into < 0.5 ? between(first, middle, into * 2) : between(middle, last, into * 2 - 1);
        }

        /** Never above twice the lower neighbour, so that the middle never has to be negative. */
        private double edge(int before, int after) {
            double a = value(before);
            double b = value(after);
            return Math.min((a + b) / 2, 2 * Math.min(a, b));
        }
    }

    /** Points of the day joined by straight lines, the last joined to the first over midnight. */
    record Curve(Map<LocalTime, Double> points) implements Signal {

        private static final int SECONDS_A_DAY = 86_400;

        public Curve {
            points = Map.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("a curve without points");
            }
        }

        @Override
        public double at(LocalDateTime local) {
            NavigableMap<LocalTime, Double> ordered = new TreeMap<>(points);
            LocalTime time = local.toLocalTime();
            var before = ordered.floorEntry(time) == null ? ordered.lastEntry() : ordered.floorEntry(time);
            var after = ordered.higherEntry(time) == null ? ordered.firstEntry() : ordered.higherEntry(time);
            int length = secondsBetween(before.getKey(), after.getKey());
            return length == 0
                    ? before.getValue()
                    : between(before.getValue(), after.getValue(),
                            secondsBetween(before.getKey(), time) / (double) length);
        }

        private static int secondsBetween(LocalTime from, LocalTime to) {
            return Math.floorMod(to.toSecondOfDay() - from.toSecondOfDay(), SECONDS_A_DAY);
        }
    }

    private static double between(double from, double to, double share) {
        return from + (to - from) * share;
    }
}
