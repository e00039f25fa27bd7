package dustwarden.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.ObservationJson;
import dustwarden.core.model.Activity;
import dustwarden.core.model.Observation;
import dustwarden.core.rule.BanRule;
import dustwarden.core.rule.DutyRule;
import dustwarden.report.Evidence.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What happened in order of time, and how long work ran with and without water or under a ban. */
final class EventSteps {
    private EventSteps() {}

    /** A stretch of time, epoch ms, its end exclusive. */
    private record Stretch(long from, long to) {
        long overlap(Stretch other) {
            return Math.max(0, Math.min(to, other.to) - Math.max(from, other.from));
        }
    }

    static ObjectNode duty(Evidence alarm, DutyRule rule, List<Told> told, ObjectNode out) {
        List<Told> events = events(alarm, told, out);
        long end = alarm.raised().at("raisedAt");
        List<Stretch> work = work(events, rule.activities(), end);
        List<Stretch> wet = sprayed(events, rule, end);
        out.put("gapMaxMs", rule.gapMaxMs()).put("graceMs", rule.graceMs()).put("flowMin", rule.flowMin());
        long worked = work.stream().mapToLong(s -> s.to() - s.from()).sum();
        long suppressed = 0;
        ArrayNode stretches = out.putArray("work");
        for (Stretch each : work) {
            long part = wet.stream().mapToLong(each::overlap).sum();
            suppressed += part;
            stretch(alarm, each, stretches.addObject()).put("wetMs", part).put("dryMs", each.to() - each.from() - part);
        }
        ArrayNode sprays = out.putArray("sprayed");
        wet.forEach(each -> stretch(alarm, each, sprays.addObject()));
        return out.put("until", Steps.time(alarm, end)).put("workedMs", worked).put("wetMs", suppressed)
                .put("dryMs", worked - suppressed);
    }

    static ObjectNode ban(Evidence alarm, BanRule rule, List<Told> told, ObjectNode out) {
        List<Told> events = events(alarm, told, out);
        long end = alarm.raised().at("raisedAt");
        out.put("cause", rule.cause().name().toLowerCase(java.util.Locale.ROOT));
        ArrayNode orders = out.putArray("orders");
        told.stream().filter(t -> t.observation() instanceof Observation.Order)
                .forEach(t -> orders.addObject().put("offset", t.offset())
                        .setAll(ObservationJson.of(t.observation(), alarm.site().zone())));
        ArrayNode stretches = out.putArray("work");
        work(events, Set.of(Activity.values()), end).forEach(each -> stretch(alarm, each, stretches.addObject()));
        return out.put("until", Steps.time(alarm, end));
    }

    static ObjectNode cameras(Evidence alarm, List<Told> told, ObjectNode out) {
        events(alarm, told, out);
        return out;
    }

    static ObjectNode silence(Evidence alarm, List<Told> told, ObjectNode out) {
        List<Told> events = events(alarm, told, out);
        long raised = alarm.raised().at("raisedAt");
        events.stream().filter(t -> t.received() <= raised).reduce((a, b) -> b)
                .ifPresent(last -> out.put("lastHeard", Steps.time(alarm, last.received()))
                        .put("silentMs", raised - last.received()));
        alarm.site().device(alarm.subject())
                .ifPresent(d -> out.put("everyMs", d.everyMs()).put("allowedSilenceMs", d.validityMs()));
        return out;
    }

    private static ObjectNode stretch(Evidence alarm, Stretch stretch, ObjectNode out) {
        return out.put("from", Steps.time(alarm, stretch.from())).put("to", Steps.time(alarm, stretch.to()))
                .put("ms", stretch.to() - stretch.from());
    }

    private static List<Told> events(Evidence alarm, List<Told> told, ObjectNode out) {
        List<Told> events = told.stream()
                .sorted(Comparator.comparingLong(Told::at).thenComparingLong(Told::offset)).toList();
        ArrayNode rows = out.putArray("events");
        for (Told t : events) {
            ObjectNode row = rows.addObject().put("offset", t.offset()).put("at", Steps.time(alarm, t.at()));
            row.setAll(ObservationJson.of(t.observation(), alarm.site().zone()));
            row.remove("site");
            row.put("counts", t.refused().isEmpty());
            t.refused().ifPresent(why -> row.put("why", why));
        }
        return events.stream().filter(t -> t.refused().isEmpty()).toList();
    }

    /** When one of the activities ran, by the newest word of each device and zone. */
    private static List<Stretch> work(List<Told> events, Set<Activity> activities, long end) {
        Map<String, Long> since = new TreeMap<>();
        List<Stretch> found = new ArrayList<>();
        for (Told t : events) {
            if (t.at() <= end && t.observation() instanceof Observation.Running r && activities.contains(r.activity())) {
                turn(since, r.device() + "|" + r.activity() + "|" + r.zone().orElse(""), r.running(), t.at(), found);
            }
        }
        since.values().forEach(from -> found.add(new Stretch(from, end)));
        return merged(found);
    }

    private static List<Stretch> sprayed(List<Told> events, DutyRule rule, long end) {
        Map<String, Long> since = new TreeMap<>();
        List<Stretch> found = new ArrayList<>();
        for (Told t : events) {
            if (t.at() <= end && t.observation() instanceof Observation.Spray s) {
                boolean on = s.on() && (s.flow().isEmpty() || s.flow().getAsDouble() >= rule.flowMin());
                turn(since, s.device(), on, t.at(), found);
            }
        }
        since.values().forEach(from -> found.add(new Stretch(from, end)));
        return merged(found);
    }

    private static void turn(Map<String, Long> since, String key, boolean on, long at, List<Stretch> found) {
        if (on) {
            since.putIfAbsent(key, at);
        } else if (since.containsKey(key)) {
            found.add(new Stretch(since.remove(key), at));
        }
    }

    private static List<Stretch> merged(List<Stretch> all) {
        List<Stretch> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(Stretch::from));
        List<Stretch> merged = new ArrayList<>();
        for (Stretch each : sorted) {
            Stretch last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && each.from() <= last.to()) {
                merged.set(merged.size() - 1, new Stretch(last.from(), Math.max(last.to(), each.to())));
            } else if (each.to() > each.from()) {
                merged.add(each);
            }
        }
        return merged;
    }
}
