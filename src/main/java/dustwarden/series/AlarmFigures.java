package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How alarms were handled in a stretch of time, against the targets of EEMUA 191 and ISA-18.2; computed from their
 * transitions alone. Times in seconds.
 */
final class AlarmFigures {
    private static final double SHARE_HIGH = 0.05;
    private static final double SHARE_MEDIUM = 0.15;
    private static final double SHARE_LOW = 0.80;

    /**
     * One transition; those of one alarm come together and in order.
     *
     * @param until ISO 8601, of what is shelved
     * @param coveredBy what keeps it quiet
     */
    record Step(
            String alarm, String site, String rule, String subject, String priority, long at, String transition,
            Optional<String> person, Optional<String> until, Optional<String> coveredBy) {}

    private final long from;
    private final long to;
    private final AlarmTally all;
    private final TreeMap<String, AlarmTally> bySite = new TreeMap<>();
    private final TreeMap<String, PersonTally> byPerson = new TreeMap<>();
    private final TreeMap<String, Long> waivers = new TreeMap<>();
    private final TreeMap<String, Long> filed = new TreeMap<>();
    private final FrequentAlarms frequent = new FrequentAlarms();
    private final SuppressionTally quiet;
    private String alarm = "";
    private long raisedAt;
    private boolean acknowledged;
    private boolean mended;

    /** @param to exclusive; both epoch ms */
    AlarmFigures(long from, long to) {
        this.from = from;
        this.to = to;
        this.all = new AlarmTally(from, to);
        this.quiet = new SuppressionTally(from, to);
    }

    /** Takes in the next transition; the answer means nothing. */
    boolean add(Step step) {
        if (!step.alarm().equals(alarm)) {
            alarm = step.alarm();
            raisedAt = step.at();
        }
        AlarmTally site = bySite.computeIfAbsent(step.site(), k -> new AlarmTally(from, to));
        boolean within = step.at() >= from;
        if (step.transition().equals("raised")) {
            raisedAt = step.at();
            acknowledged = false;
            mended = false;
            if (within) {
                frequent.raised(step.site(), step.rule(), step.subject());
            }
        }
        quiet.step(step, within);
        all.step(step, within);
        site.step(step, within);
        step.person().filter(p -> within).ifPresent(p -> byPerson.computeIfAbsent(p, k -> new PersonTally()).act(step.transition()));
        long took = (step.at() - raisedAt) / 1000;
        if (step.transition().equals("acknowledged") && !acknowledged) {
            acknowledged = true;
            if (within) {
                all.acknowledged.add(took);
                site.acknowledged.add(took);
                step.person().ifPresent(p -> byPerson.get(p).acknowledge.add(took));
            }
        } else if ((step.transition().equals("rectified") || step.transition().equals("returned")) && !mended) {
            mended = true;
            if (within) {
                all.rectified.add(took);
                site.rectified.add(took);
                step.person().ifPresent(p -> byPerson.get(p).rectify.add(took));
            }
        }
        return true;
    }

    /** Takes in what was filed; the answer means nothing. */
    boolean add(String kind, JsonNode filing) {
        if (kind.equals("waiver")) {
            quiet.waiver(filing.path("id").asText(), filing);
            boolean granted = filing.has("approvedBy");
            boolean touches = granted && time(filing, "to") > from && time(filing, "from") < to;
            if (touches) {
                waivers.merge(filing.path("reason").asText(), 1L, Long::sum);
            }
        } else if (!filing.has("from") || time(filing, "to") > from) {
            filed.merge(kind, 1L, Long::sum);
        }
        return true;
    }

    private static long time(JsonNode filing, String name) {
        return OffsetDateTime.parse(filing.path(name).asText()).toInstant().toEpochMilli();
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("from", Instant.ofEpochMilli(from).toString())
                .put("to", Instant.ofEpochMilli(to).toString());
        all.write(json);
        priorities(json.putObject("priorities"));
        frequent.write(json.putObject("frequent"));
        quiet.write(json.putObject("suppression"));
        ObjectNode waived = json.putObject("waivers");
        waivers.forEach(waived::put);
        ObjectNode others = json.putObject("filed");
        filed.forEach(others::put);
        ArrayNode sites = json.putArray("bySite");
        bySite.forEach((site, tally) -> tally.write(sites.addObject().put("site", site)));
        ArrayNode people = json.putArray("byPerson");
        byPerson.forEach((person, tally) -> tally.write(people.addObject().put("person", person)));
        return json;
    }

    private void priorities(ObjectNode json) {
        long sum = all.priorities.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Double> targets = new TreeMap<>(Map.of("high", SHARE_HIGH, "medium", SHARE_MEDIUM, "low", SHARE_LOW));
        targets.forEach((priority, target) -> {
            long count = all.priorities.getOrDefault(priority, 0L);
            json.putObject(priority).put("count", count).put("share", sum == 0 ? 0.0 : (double) count / sum).put("target", target);
        });
    }

    /** What one person did. */
    private static final class PersonTally {
        private final TreeMap<String, Long> acts = new TreeMap<>();
        private final List<Long> acknowledge = new ArrayList<>();
        private final List<Long> rectify = new ArrayList<>();

        void act(String transition) {
            acts.merge(transition, 1L, Long::sum);
        }

        void write(ObjectNode json) {
            ObjectNode did = json.putObject("acts");
            acts.forEach(did::put);
            AlarmTally.times(json.putObject("acknowledge"), acknowledge);
            AlarmTally.times(json.putObject("rectify"), rectify);
        }
    }
}
