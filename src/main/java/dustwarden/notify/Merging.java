package dustwarden.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Decides which of the notices that wait for a channel go into its next message: one alarm, else a site, else a region. */
final class Merging {
    /** What there is to know of a notice that waits. @param region path of the site's region, largest first */
    record Waiting(long key, String alarm, String transition, long offset, String site, String region, boolean urgent) {
        String same() {
            return alarm + "|" + transition + "|" + offset;
        }
    }

    private Merging() {}

    /**
     * The notices of the next message; empty where no message is free.
     *
     * @param waiting in the order in which they fell due
     * @param urgentSlots how many messages may go now for what presses
     * @param slots how many for the rest
     */
    static List<Long> next(List<Waiting> waiting, int urgentSlots, int slots) {
        List<Waiting> urgent = waiting.stream().filter(Waiting::urgent).toList();
        if (!urgent.isEmpty() && urgentSlots > 0) {
            boolean each = count(urgent, Waiting::same) <= urgentSlots;
            // Where what presses has to share a message, all that waits may as well go with it.
            return each ? first(urgent, Waiting::same) : group(waiting, urgent.get(0), Math.max(1, urgentSlots));
        }
        if (!urgent.isEmpty() || waiting.isEmpty() || slots <= 0) {
            return List.of();
        }
        return count(waiting, Waiting::same) <= slots
                ? first(waiting, Waiting::same)
                : group(waiting, waiting.get(0), slots);
    }

    /** The group of the one that presses most, on the finest level that needs no more messages than there are. */
    private static List<Long> group(List<Waiting> waiting, Waiting lead, int slots) {
        List<Function<Waiting, String>> levels = new ArrayList<>();
        levels.add(Waiting::site);
        int depth = waiting.stream().mapToInt(w -> w.region().split("/").length).max().orElse(0);
        for (int nodes = depth; nodes > 0; nodes--) {
            int upTo = nodes;
            levels.add(w -> node(w.region(), upTo));
        }
        for (Function<Waiting, String> level : levels) {
            if (count(waiting, level) <= slots) {
                String mine = level.apply(lead);
                return waiting.stream().filter(w -> level.apply(w).equals(mine)).map(Waiting::key).toList();
            }
        }
        return waiting.stream().map(Waiting::key).toList();
    }

    private static String node(String region, int nodes) {
        String[] parts = region.split("/");
        return String.join("/", List.of(parts).subList(0, Math.min(nodes, parts.length)));
    }

    private static int count(List<Waiting> waiting, Function<Waiting, String> key) {
        Set<String> found = new LinkedHashSet<>();
        waiting.forEach(w -> found.add(key.apply(w)));
        return found.size();
    }

    private static List<Long> first(List<Waiting> waiting, Function<Waiting, String> key) {
        Map<String, List<Long>> groups = new LinkedHashMap<>();
        waiting.forEach(w -> groups.computeIfAbsent(key.apply(w), k -> new ArrayList<>()).add(w.key()));
        return groups.values().iterator().next();
    }
}
