package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.Core;
import dustwarden.core.SiteSteps;
import dustwarden.core.judge.Step;
import dustwarden.ledger.StoredEntry;
import dustwarden.report.Evidence.Decided;
import dustwarden.series.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The verdict on which an alarm was raised, line by line: the lines are what the core made of the entries, the share from below
 * and above is summed up of them by plain code, and must be that of the verdict.
 */
final class ShareSteps {
    private static final long SCENE_MS = 2 * 3_600_000L;

    private final Evidence alarm;
    private final ObjectNode out;
    private final List<JsonNode> lines = new ArrayList<>();

    private ShareSteps(Evidence alarm, ObjectNode out) {
        this.alarm = alarm;
        this.out = out;
    }

    /** @param kind units, cameras, duty or ban */
    static ObjectNode of(Evidence alarm, String kind, ObjectNode out) {
        new ShareSteps(alarm, out).write(kind);
        return out;
    }

    private void write(String kind) {
        Optional<Decided> found = alarm.decided("verdict").stream()
                .filter(v -> v.offset() <= alarm.raised().offset() && v.at("at") <= alarm.raised().at("raisedAt"))
                .filter(v -> !v.json().path("final").asBoolean() && v.json().path("rule").asText().equals(alarm.ruleId()))
                .reduce((a, b) -> b);
        if (found.isEmpty()) {
            return;
        }
        Decided verdict = found.get();
        ArrayNode array = out.putArray("lines");
        for (Step step : replayed(verdict)) {
            ObjectNode line = array.addObject().put("what", step.what());
            step.figures().forEach((name, figure) -> put(line, name, figure));
            lines.add(line);
        }
        double[] share = switch (kind) {
            case "units" -> units();
            case "cameras" -> cameras();
            case "ban" -> ban();
            default -> new DutySums(lines).share(verdict.json().path("state").asText());
        };
        ObjectNode sum = out.putObject("share").put("low", share[0]).put("high", share[1]);
        sum.putObject("verdict").put("number", verdict.number()).put("at", verdict.json().path("at").asText())
                .put("low", verdict.json().path("low").asDouble()).put("high", verdict.json().path("high").asDouble())
                .put("agrees", share[0] == verdict.json().path("low").asDouble() && share[1] == verdict.json().path("high").asDouble());
    }

    /** The lines of a core that has stepped the entries of the bundle up to the verdict. */
    private List<Step> replayed(Decided verdict) {
        long at = verdict.at("at");
        long begin = alarm.site().dayStart(at) - SCENE_MS;
        for (StoredEntry entry : alarm.entries()) {
            begin = Math.min(begin, entry.entry().received());
        }
        Core core = new Core(refs -> alarm.content());
        core.prepare(List.of(), alarm.birth().orElse(begin));
        for (StoredEntry entry : alarm.entries()) {
            if (entry.offset() <= verdict.offset()) {
                core.step(entry.offset(), entry.entry());
            }
        }
        core.runUntil(at);
        return SiteSteps.of(core, alarm.site(), alarm.ruleId(), at);
    }

    private void put(ObjectNode line, String name, Object figure) {
        if (figure instanceof Long number && (name.equals("from") || name.equals("to") || name.equals("dayStart"))) {
            line.put(name, Steps.time(alarm, number));
        } else if (figure instanceof Long number) {
            line.put(name, number);
        } else if (figure instanceof Double number) {
            line.put(name, number);
        } else if (figure instanceof Boolean flag) {
            line.put(name, flag);
        } else {
            line.put(name, (String) figure);
        }
    }

    private List<JsonNode> of(String what) {
        return lines.stream().filter(l -> l.path("what").asText().equals(what)).toList();
    }

    private JsonNode one(String what) {
        return of(what).stream().findFirst().orElseGet(Json::object);
    }

    /** In order, and in order or unknown, of what has to be: all but the exempt face. */
    private double[] units() {
        double inOrder = 0;
        double known = 0;
        for (JsonNode unit : of("unit")) {
            inOrder += unit.path("inOrder").asDouble();
            known += unit.has("inOrder") ? unit.path("weight").asDouble() : 0;
        }
        JsonNode sum = one("sum");
        double base = Math.max(sum.path("total").asDouble() - sum.path("exempt").asDouble(), 0);
        double unknown = Math.rint(Math.max(sum.path("total").asDouble() - known, 0) * 1e6) / 1e6;
        double low = base <= 0 ? 1 : clamp(inOrder / base);
        return new double[] {low, unknown == 0 || base <= 0 ? low : Math.max(low, clamp((inOrder + unknown) / base))};
    }

    /** Whole minutes said bad, and these with the silent ones, against the whole day, over the cameras that have to be. */
    private double[] cameras() {
        JsonNode terms = one("terms");
        double day = terms.path("dayMs").asDouble();
        double low = 0;
        double high = 0;
        List<JsonNode> cameras = of("camera");
        for (JsonNode camera : cameras) {
            double bad = minutes(camera.path("badMs").asLong());
            high += 1 - bad / day;
            low += 1 - Math.min(1, (bad + minutes(camera.path("silentMs").asLong())) / day);
        }
        int count = Math.max(terms.path("needed").asInt(), cameras.size());
        double share = clamp(low / count);
        return new double[] {share, Math.max(share, clamp(high / count))};
    }

    private static double minutes(long ms) {
        return ms / 60_000 * 60_000;
    }

    /** Banned activities that stand still, and those with the unknown ones, of all that are banned. */
    private double[] ban() {
        List<JsonNode> activities = of("activity");
        double idle = activities.stream().filter(a -> a.path("runs").asText().equals("no")).count();
        double unknown = activities.stream().filter(a -> a.path("runs").asText().equals("unknown")).count();
        return activities.isEmpty()
                ? new double[] {1, 1}
                : new double[] {idle / activities.size(), (idle + unknown) / activities.size()};
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
