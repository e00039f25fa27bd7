package dustwarden.series;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts of the alarms of some sites in a stretch of time; times in seconds. */
final class AlarmTally {
    private static final long TEN_MINUTES = 600_000;
    private static final long DAY = 86_400_000;
    /** ISA-18.2: a flood begins with more than ten in ten minutes and ends with fewer than five. */
    private static final int FLOOD_FROM = 10;
    private static final int FLOOD_UNTIL = 5;
    private static final double FLOOD_TARGET = 0.01;
    private static final int STANDING_TARGET = 5;

    private final long from;
    private final long to;
    private final List<Long> raised = new ArrayList<>();
    private final TreeMap<String, Long> openSince = new TreeMap<>();
    private final TreeSet<String> flapping = new TreeSet<>();
    private final TreeMap<String, Long> transitions = new TreeMap<>();
    final TreeMap<String, Long> priorities = new TreeMap<>();
    final List<Long> acknowledged = new ArrayList<>();
    final List<Long> rectified = new ArrayList<>();

    AlarmTally(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** @param within the stretch; what came before only tells what still stands */
    void step(AlarmFigures.Step step, boolean within) {
        String transition = step.transition();
        if (transition.equals("raised")) {
            openSince.putIfAbsent(step.alarm(), step.at());
        } else if (transition.equals("returned") || transition.equals("closed")) {
            openSince.remove(step.alarm());
        }
        if (!within) {
            return;
        }
        transitions.merge(transition, 1L, Long::sum);
        if (transition.equals("raised")) {
            raised.add(step.at());
            priorities.merge(step.priority(), 1L, Long::sum);
        } else if (transition.equals("flapping")) {
            flapping.add(step.alarm());
        }
    }

    void write(ObjectNode json) {
        List<Long> times = raised.stream().sorted().toList();
        json.put("raised", times.size());
        json.put("occurrences", transitions.getOrDefault("occurrence", 0L));
        Floods floods = floods(times);
        json.putObject("perTenMinutes")
                .put("mean", times.size() * (double) TEN_MINUTES / (to - from))
                .put("max", floods.most())
                .put("target", 1);
        json.putObject("floods")
                .put("count", floods.count())
                .put("share", (double) floods.lastedMs() / (to - from))
                .put("target", FLOOD_TARGET);
        json.putObject("standing")
                .put("count", openSince.values().stream().filter(since -> since <= to - DAY).count())
                .put("target", STANDING_TARGET);
        json.putObject("chattering").put("count", flapping.size()).put("target", 0);
        times(json.putObject("acknowledge"), acknowledged);
        times(json.putObject("rectify"), rectified);
        json.put("escalated", transitions.getOrDefault("escalated", 0L));
        json.put("shelved", transitions.getOrDefault("shelved", 0L));
        json.put("suppressed", transitions.getOrDefault("suppressed", 0L));
        json.put("outOfService", transitions.getOrDefault("out-of-service", 0L));
    }

    /** How many, with the median and the time within which nine in ten were done; absent where none was. */
    static void times(ObjectNode json, List<Long> seconds) {
        json.put("count", seconds.size());
        if (!seconds.isEmpty()) {
            List<Long> sorted = seconds.stream().sorted().toList();
            json.put("median", rank(sorted, 0.5)).put("p90", rank(sorted, 0.9));
        }
    }

    /** Nearest rank. */
    private static long rank(List<Long> sorted, double share) {
        return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
    }

    /** @param most raised within any ten minutes */
    private record Floods(long count, long lastedMs, long most) {}

    private Floods floods(List<Long> times) {
        long most = 0;
        long count = 0;
        long lasted = 0;
        long since = Long.MIN_VALUE;
        int gone = 0;
        int come = 0;
        // One comes when it is raised and goes ten minutes later; at one instant what goes goes first.
        while (gone < times.size()) {
            boolean comes = come < times.size() && times.get(come) < times.get(gone) + TEN_MINUTES;
            long at = comes ? times.get(come++) : times.get(gone++) + TEN_MINUTES;
            long now = come - gone;
            most = Math.max(most, now);
            if (since == Long.MIN_VALUE && now > FLOOD_FROM) {
                since = at;
                count++;
            } else if (since != Long.MIN_VALUE && now < FLOOD_UNTIL) {
                lasted += Math.min(at, to) - since;
                since = Long.MIN_VALUE;
            }
        }
        return new Floods(count, lasted, most);
    }
}
