package dustwarden.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.Content;
import dustwarden.core.DecisionJson;
import dustwarden.core.model.Device;
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
    private final Optional<OlderPoints.Archive> archive;

    public SeriesPoints(SeriesStore store, Supplier<Content> content) {
        this(store, content, Optional.empty());
    }

    /** @param archive asked for what is older than the store */
    public SeriesPoints(SeriesStore store, Supplier<Content> content, Optional<OlderPoints.Archive> archive) {
        this.store = store;
        this.content = content;
        this.archive = archive;
    }

    /** The {@code Points} of the API as JSON; empty where there is no such site. Blocks on the file. */
    public Optional<String> points(PointQuery query) {
        Optional<Site> site = content.get().register().site(query.site());
        return site.map(s -> {
            EmbeddedPoints embedded = new EmbeddedPoints(store, s);
            if (archive.isEmpty()) {
                return points(embedded, s, query).toString();
            }
            OlderPoints both = new OlderPoints(embedded, archive.get(), query.from());
            ObjectNode json = points(both, s, query);
            both.trouble().ifPresent(why -> json.put("incomplete", why));
            return json.toString();
        });
    }

    private ObjectNode points(PointSource source, Site site, PointQuery query) {
        Point.After after = Point.After.of(query.cursor());
        List<String> devices = source.devices().stream()
                .filter(d -> query.device().map(d::equals).orElse(true))
                .toList();
        List<Point> found = new ArrayList<>();
        if (query.periodMs().isEmpty()) {
            devices.forEach(d -> found.addAll(raw(source, d, query, after)));
            return Point.page(found, query.limit(), false, site.zone());
        }
        long to = query.to();
        for (String device : devices) {
            long everyMs = site.device(device).map(Device::everyMs).orElse(60_000L);
            MeanScan scan = new MeanScan(source, device, everyMs, query, site.zone());
            MeanScan.Found means = scan.scan(after.from(device, query.from()), to);
            to = Math.min(to, means.completeTo());
            found.addAll(means.points());
        }
        long end = to;
        found.removeIf(p -> p.at() >= end);
        ObjectNode json = Point.page(found, query.limit(), end < query.to(), site.zone());
        json.set("background", background(source, site, query));
        json.set("limits", limits(site, query));
        return json;
    }

    private static List<Point> raw(PointSource source, String device, PointQuery query, Point.After after) {
        long from = after.from(device, query.from());
        return source.values(device, query.quantity(), from, query.to(), query.limit() + 1).stream()
                .map(v -> new Point(device, v.ts(), v.value(), new Point.Extra.Flagged(v.flag())))
                .toList();
    }

    private static ArrayNode background(PointSource source, Site site, PointQuery query) {
        ArrayNode array = Json.array();
        for (PointSource.Background one : source.background(query.quantity(), query.from(), query.to(), BACKGROUND_MAX)) {
            array.addObject()
                    .put("t", DecisionJson.time(one.start(), site.zone()))
                    .put("period", Duration.ofMillis(one.period()).toString())
                    .put("mean", one.mean());
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
