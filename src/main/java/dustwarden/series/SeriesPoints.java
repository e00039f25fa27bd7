package dustwarden.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.Content;
import dustwarden.core.DecisionJson;
import dustwarden.core.model.Device;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import dustwarden.core.rule.LimitRule;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.Rulebook;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers for points of a quantity at a site: raw, or as means with the background and limits that go with them. */
public final class SeriesPoints {
    private static final int BACKGROUND_MAX = 10_000;

    private final SeriesStore store;
    private final Supplier<Content> content;

    public SeriesPoints(SeriesStore store, Supplier<Content> content) {
        this.store = store;
        this.content = content;
    }

    /** A device of the store. */
    private record Known(long id, String name) {}

    /** The {@code Points} of the API as JSON; empty where there is no such site. Blocks on the file. */
    public Optional<String> points(PointQuery query) {
        Optional<Site> site = content.get().register().site(query.site());
        return site.map(s -> store.readReadings(readings -> points(readings, s, query)).toString());
    }

    private ObjectNode points(StoredReadings readings, Site site, PointQuery query) {
        ViewDb db = readings.db();
        Point.After after = Point.After.of(query.cursor());
        List<Known> devices = db.query(
                        "SELECT id, device FROM device WHERE site = ? ORDER BY device",
                        r -> new Known(r.number(0), r.text(1)),
                        site.id())
                .stream()
                .filter(d -> query.device().map(d.name()::equals).orElse(true))
                .toList();
        List<Point> found = new ArrayList<>();
        if (query.periodMs().isEmpty()) {
            devices.forEach(d -> found.addAll(raw(readings, d, query, after)));
            return Point.page(found, query.limit(), false, site.zone());
        }
        long to = query.to();
        for (Known device : devices) {
            long everyMs = site.device(device.name()).map(Device::everyMs).orElse(60_000L);
            MeanScan scan = new MeanScan(readings, device.id(), device.name(), everyMs, query, site.zone());
            MeanScan.Found means = scan.scan(after.from(device.name(), query.from()), to);
            to = Math.min(to, means.completeTo());
            found.addAll(means.points());
        }
        long end = to;
        found.removeIf(p -> p.at() >= end);
        ObjectNode json = Point.page(found, query.limit(), end < query.to(), site.zone());
        json.set("background", background(db, site, query));
        json.set("limits", limits(site, query));
        return json;
    }

    private static List<Point> raw(StoredReadings readings, Known device, PointQuery query, Point.After after) {
        long from = after.from(device.name(), query.from());
        return readings.values(device.id(), query.quantity(), from, query.to(), query.limit() + 1).stream()
                .map(v -> new Point(device.name(), v.ts(), v.value(), new Point.Extra.Flagged(v.flag())))
                .toList();
    }

    private static ArrayNode background(ViewDb db, Site site, PointQuery query) {
        ArrayNode array = Json.array();
        String[] nodes = site.region().split("/");
        for (int i = nodes.length - 1; i >= 0 && array.isEmpty(); i--) {
            db.query(
                    "SELECT start, period, mean FROM background WHERE node = ? AND quantity = ? AND start >= ? AND start < ? "
                            + "ORDER BY start LIMIT ?",
                    r -> array.addObject()
                            .put("t", DecisionJson.time(r.number(0), site.zone()))
                            .put("period", Duration.ofMillis(r.number(1)).toString())
                            .put("mean", r.maybeReal(2).orElseThrow()),
                    nodes[i],
                    query.quantity().wire(),
                    query.from(),
                    query.to(),
                    BACKGROUND_MAX);
        }
        return array;
    }

    private ArrayNode limits(Site site, PointQuery query) {
        ArrayNode array = Json.array();
        LocalDate date = site.localDate(Math.max(query.from(), query.to() - 1));
        for (String id : site.rulebooks()) {
            Rulebook rulebook = content.get().rulebooks().get(id);
            for (Rule rule : rulebook == null ? List.<Rule>of() : rulebook.rules()) {
                if (rule instanceof LimitRule l && l.quantity() == query.quantity() && l.head().inForce(date)) {
                    limit(array.addObject(), l, site, date);
                }
            }
        }
        return array;
    }

    private static void limit(ObjectNode json, LimitRule rule, Site site, LocalDate date) {
        double limit = rule.variants().stream()
                .filter(v -> v.builtUp().map(b -> b == site.builtUp()).orElse(true)
                        && (v.works().isEmpty() || site.planned(date, v.works())))
                .map(LimitRule.Variant::limit)
                .findFirst()
                .orElse(rule.limit());
        json.put("rule", rule.head().id());
        json.put("period", Duration.ofMillis(rule.periodMs()).toString());
        json.put("limit", limit);
        json.put("over", switch (rule.form()) {
            case ABSOLUTE -> "absolute";
            case ABOVE_BACKGROUND -> "background";
            case DOWNWIND_MINUS_UPWIND -> "upwind";
        });
        rule.backgroundCap().ifPresent(cap -> json.put("cap", cap));
        json.put("allowed", rule.allowed());
    }
}
