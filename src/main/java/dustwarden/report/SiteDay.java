package dustwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.model.Site;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.StoredDecision;
import dustwarden.series.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was decided of one site over a stretch of time, read from the ledger alone: the states of its items, its alarms, its
 * means and corrections.
 *
 * <p>Time before the first verdict is told as {@code NO_DATA}; it counts as unknown, never as good.
 */
final class SiteDay {
    /** How far back the state at the beginning is looked for. */
    private static final long STANDING_MS = 7 * 86_400_000L;
    /** No verdict yet. */
    static final String NO_DATA = "NO_DATA";

    private static final int PAGE = 500;
    private static final int READ_MAX = 400_000;
    /** What a day's last windows and final verdicts may take to be said. */
    private static final long SETTLED_MS = 4 * 3_600_000L;
    private static final long ALARMS_BEFORE_MS = 60 * 86_400_000L;

    /** A stretch in one state, epoch ms. */
    record Stretch(long from, long to, String state) {}

    /** An alarm that was open at some moment, and its transitions. */
    record Alarm(String id, List<JsonNode> transitions) {
        JsonNode first() {
            return transitions.get(0);
        }

        JsonNode last() {
            return transitions.get(transitions.size() - 1);
        }

        /** When it first reached a state; empty text where it never did. */
        String at(String state) {
            return transitions.stream().filter(t -> t.path("transition").asText().equals(state))
                    .map(t -> t.path("at").asText()).findFirst().orElse("");
        }
    }

    private final LedgerReading ledger;
    private final Site site;
    private final long from;
    private final long to;
    private final long before;
    private final long settled;

    /** @param to exclusive; what has not happened yet is not told */
    SiteDay(LedgerReading ledger, Site site, long from, long to) {
        this.ledger = ledger;
        this.site = site;
        this.from = from;
        long lastReceived = ledger.position().lastReceived().orElse(from);
        this.to = Math.min(to, Math.max(from, lastReceived));
        this.before = ledger.firstDecisionAt(ledger.firstEntryAt(this.to));
        this.settled = ledger.firstDecisionAt(ledger.firstEntryAt(this.to + SETTLED_MS));
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    Site site() {
        return site;
    }

    private List<JsonNode> since(String type, long oldest, boolean oneBefore) {
        return since(type, oldest, before, oneBefore);
    }

    /** @param oneBefore whether what stood at the beginning is wanted too */
    private List<JsonNode> since(String type, long oldest, long end, boolean oneBefore) {
        List<JsonNode> found = new ArrayList<>();
        long below = end;
        for (int read = 0; read < READ_MAX; read += PAGE) {
            List<StoredDecision> page = ledger.newest(site.id(), type, below, PAGE);
            for (StoredDecision d : page) {
                if (d.at() >= oldest || oneBefore) {
                    found.add(0, Json.parse(d.json()));
                }
            }
            boolean past = page.size() < PAGE || page.get(page.size() - 1).at() < oldest - (oneBefore ? STANDING_MS : 0);
            if (past) {
                break;
            }
            below = page.get(page.size() - 1).number();
        }
        return found;
    }

    /** The stretches of each item, in order, without a gap from beginning to end. */
    Map<String, List<Stretch>> states(List<String> items) {
        Map<String, TreeMap<Long, String>> changes = new LinkedHashMap<>();
        items.forEach(item -> changes.put(item, new TreeMap<>()));
        for (JsonNode v : since("verdict", from, true)) {
            TreeMap<Long, String> of = changes.get(v.path("item").asText());
            if (of != null && !v.has("rule")) {
                of.put(Evidence.millis(v.path("at").asText()), v.path("state").asText());
            }
        }
        Map<String, List<Stretch>> stretches = new LinkedHashMap<>();
        changes.forEach((item, of) -> stretches.put(item, stretches(of)));
        return stretches;
    }

    private List<Stretch> stretches(TreeMap<Long, String> changes) {
        List<Stretch> found = new ArrayList<>();
        Map.Entry<Long, String> start = changes.floorEntry(from);
        String state = start == null ? NO_DATA : start.getValue();
        long since = from;
        for (Map.Entry<Long, String> change : changes.tailMap(from, false).entrySet()) {
            if (change.getKey() >= to) {
                break;
            }
            if (!change.getValue().equals(state)) {
                found.add(new Stretch(since, change.getKey(), state));
                since = change.getKey();
                state = change.getValue();
            }
        }
        if (to > since) {
            found.add(new Stretch(since, to, state));
        }
        return found;
    }

    /** The newest verdict on each item, with its bounds and reasons. */
    Map<String, JsonNode> newest(List<String> items) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        for (JsonNode v : since("verdict", from, true)) {
            if (!v.has("rule") && items.contains(v.path("item").asText())) {
                found.put(v.path("item").asText(), v);
            }
        }
        return found;
    }

    /** The newest verdict of a rule on this time; an empty object where there is none. */
    JsonNode ruleVerdict(String rule) {
        JsonNode found = Json.object();
        for (JsonNode v : since("verdict", from, settled, false)) {
            long start = v.path("rule").asText().equals(rule) ? Evidence.millis(v.path("from").asText()) : Long.MIN_VALUE;
            if (start >= from && start < to) {
                found = v;
            }
        }
        return found;
    }

    /** Final verdicts that correct another, said in this time. */
    List<JsonNode> corrections() {
        return since("verdict", from, false).stream().filter(v -> v.has("supersedes")).toList();
    }

    /** Alarms that were not closed before this time, in the order in which they were raised. */
    List<Alarm> alarms() {
        Map<String, List<JsonNode>> byId = new LinkedHashMap<>();
        since("alarm", from - ALARMS_BEFORE_MS, false)
                .forEach(t -> byId.computeIfAbsent(t.path("id").asText(), k -> new ArrayList<>()).add(t));
        return byId.entrySet().stream().map(e -> new Alarm(e.getKey(), e.getValue()))
                .filter(a -> !a.last().path("state").asText().equals("closed")
                        || Evidence.millis(a.last().path("at").asText()) >= from)
                .toList();
    }

    /** Means of closed windows that began in this time, the last word on each. */
    List<JsonNode> means() {
        Map<String, JsonNode> last = new LinkedHashMap<>();
        for (JsonNode m : since("mean", from, settled, false)) {
            long start = Evidence.millis(m.path("start").asText());
            if (start >= from && start < to) {
                String key = String.join("|", m.path("device").asText(), m.path("quantity").asText(),
                        m.path("period").asText(), m.path("start").asText());
                last.put(key, m);
            }
        }
        return List.copyOf(last.values());
    }
}
