package dustwarden.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.Content;
import dustwarden.core.DecisionJson;
import dustwarden.core.judge.State;
import dustwarden.core.model.Site;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is shown of sites, as JSON of the API; every method blocks on the file. */
public final class SiteViews {
    private final SeriesStore store;
    private final Supplier<Content> content;

    public SiteViews(SeriesStore store, Supplier<Content> content) {
        this.store = store;
        this.content = content;
    }

    /** Those sites below a node of the region path that are seen, worst first. */
    public Listed list(Optional<String> region, Predicate<String> seen, int limit, Optional<String> cursor) {
        record Ranked(State state, String site, ObjectNode json) {}
        List<Site> sites = content.get().register().sites().stream()
                .filter(s -> region.map(r -> below(s.region(), r)).orElse(true) && seen.test(s.id()))
                .toList();
        List<Ranked> ranked = new ArrayList<>();
        store.read(db -> {
            Map<String, Checklist> checklists = Checklist.all(db, content.get());
            Map<String, int[]> alarms = alarms(db);
            for (Site site : sites) {
                Checklist checklist = checklists.getOrDefault(site.id(), Checklist.empty(site, content.get()));
                ObjectNode json = SiteJson.line(site);
                checklist.putState(json);
                json.set("items", checklist.lines());
                int[] counts = alarms.getOrDefault(site.id(), new int[2]);
                json.putObject("alarms").put("open", counts[0]).put("unacknowledged", counts[1]);
                ranked.add(new Ranked(checklist.state(), site.id(), json));
            }
            return true;
        });
        ranked.sort(Comparator.comparing(Ranked::state).reversed().thenComparing(Ranked::site));
        return Listed.slice(ranked.stream().map(r -> r.json().toString()).toList(), limit, cursor);
    }

    private static boolean below(String path, String region) {
        return ("/" + path + "/").contains("/" + region + "/");
    }

    private static Map<String, int[]> alarms(ViewDb db) {
        Map<String, int[]> found = new HashMap<>();
        db.query(
                "SELECT site, count(*), sum(acknowledged IS NULL) FROM alarm WHERE state <> 'closed' GROUP BY site",
                r -> found.put(r.text(0), new int[] {(int) r.number(1), (int) r.number(2)}));
        return found;
    }

    public Optional<String> one(String id) {
        return content.get().register().site(id).map(site -> store.read(db -> {
            ObjectNode json = SiteJson.line(site);
            Checklist.of(db, site, content.get()).putState(json);
            Map<String, String> reports = new HashMap<>();
            db.query("SELECT unit, json FROM unit_now WHERE site = ?", r -> reports.put(r.text(0), r.text(1)), id);
            SiteJson.detail(json, site, today(site), reports);
            return json.toString();
        }));
    }

    private LocalDate today(Site site) {
        return site.localDate(store.now());
    }

    /** The nine items of a site as they stand. */
    public Optional<String> checklist(String id) {
        return content.get().register().site(id).map(site -> store.read(
                db -> Checklist.of(db, site, content.get()).json(DecisionJson.time(store.now(), site.zone())).toString()));
    }

    /** The registered devices of a site. */
    public Optional<Listed> devices(String id, int limit, Optional<String> cursor) {
        return content.get().register().site(id).map(site -> store.read(db -> {
            DeviceJson devices = new DeviceJson(db, store, site);
            return Listed.slice(site.devices().stream().map(d -> devices.of(d).toString()).toList(), limit, cursor);
        }));
    }

    /** Passages of a local day of the site, newest first. */
    public Optional<Listed> passages(String id, Optional<LocalDate> day, int limit, Optional<String> cursor) {
        return content.get().register().site(id).map(site -> store.read(db -> {
            LocalDate date = day.orElseGet(() -> today(site));
            long from = date.atStartOfDay(site.zone()).toInstant().toEpochMilli();
            long to = date.plusDays(1).atStartOfDay(site.zone()).toInstant().toEpochMilli();
            List<String> all = db.query(
                    "SELECT json FROM passage WHERE site = ? AND ts >= ? AND ts < ? ORDER BY ts DESC, device DESC, id DESC "
                            + "LIMIT ? OFFSET ?",
                    r -> r.text(0),
                    id, from, to, limit + 1, Math.max(0, Listed.place(cursor, 0)));
            boolean more = all.size() > limit;
            long next = Listed.place(cursor, 0) + limit;
            return new Listed(
                    more ? all.subList(0, limit) : all, more ? Optional.of(String.valueOf(next)) : Optional.empty());
        }));
    }

    /** How an item's state went: {@code {at,state,low,high,capture}} in order, of the item itself. */
    public List<String> timeline(String id, String item, long from, long to, int limit) {
        Optional<Site> site = content.get().register().site(id);
        if (site.isEmpty()) {
            return List.of();
        }
        return store.read(db -> db.query(
                "SELECT at, state, low, high, capture FROM verdict WHERE site = ? AND item = ? AND at >= ? AND at < ? "
                        + "AND rule IS NULL ORDER BY at, number LIMIT ?",
                r -> Json.object()
                        .put("at", DecisionJson.time(r.number(0), site.get().zone()))
                        .put("state", r.text(1))
                        .put("low", r.maybeReal(2).orElse(0))
                        .put("high", r.maybeReal(3).orElse(1))
                        .put("capture", r.maybeReal(4).orElse(0))
                        .toString(),
                id, item, from, to, limit));
    }

    /** A list that is empty or not, for callers that write arrays. */
    static ArrayNode array(List<ObjectNode> items) {
        ArrayNode array = Json.array();
        items.forEach(array::add);
        return array;
    }
}
