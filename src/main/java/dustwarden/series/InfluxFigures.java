package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import dustwarden.core.Content;
import dustwarden.core.Entry;
import dustwarden.core.Taken;
import dustwarden.core.judge.State;
import dustwarden.core.model.Device;
import dustwarden.core.model.Observation;
import dustwarden.core.model.Site;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.Rulebook;
import dustwarden.series.Schema.Measurement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Keeps how sites stand and makes the daily figures of sites, devices and regions from the two logs.
 *
 * <p>Figures of the running day are told once an hour, those that changed once a minute, and those of a day that ended again
 * whenever a verdict of it is sealed or corrected. Only entries move its time, so the same logs give the same figures.
 */
final class InfluxFigures {
    private static final long HOUR_MS = 3_600_000;
    private static final long MINUTE_MS = 60_000;
    private static final String SITE = "site/";
    private static final String CLOCK = "clock";
    private static final String PUBLISHING = "publishing";

    private final FigureStore store;
    private final Map<String, SiteStanding> standings = new TreeMap<>();
    private final Map<String, List<SiteStanding>> nodes = new TreeMap<>();
    private final Map<String, String> kept = new HashMap<>();
    private PastDays past;
    private Rankings rankings;
    private final Set<String> touched = new HashSet<>();
    private final Set<String> changed = new TreeSet<>();
    private final Map<LocalDate, Set<String>> corrected = new TreeMap<>();
    private Optional<Content> content = Optional.empty();
    /** Nodes that ever published a background. */
    private final Set<String> publishing = new TreeSet<>();
    private long now = Long.MIN_VALUE;

    InfluxFigures(FigureStore store) {
        this.store = store;
        load();
    }

    /** Forgets all since the last that was kept, with the cursor of that. */
    void back() {
        load();
    }

    private void load() {
        standings.clear();
        nodes.clear();
        kept.clear();
        touched.clear();
        changed.clear();
        corrected.clear();
        content = Optional.empty();
        past = new PastDays(store);
        rankings = new Rankings(store);
        for (FigureStore.Row row : store.under(SITE)) {
            kept.put(row.key().substring(SITE.length()), row.json());
        }
        publishing.clear();
        store.get(PUBLISHING).ifPresent(text -> publishing.addAll(List.of(text.split("/"))));
        now = store.get(CLOCK).map(Long::parseLong).orElse(Long.MIN_VALUE);
    }

    /** What is to be kept with a cursor. */
    void save(Cursor cursor) {
        Map<String, String> rows = new HashMap<>();
        for (String id : touched) {
            SiteStanding standing = standings.get(id);
            if (standing != null) {
                rows.put(SITE + id, standing.json().toString());
            }
        }
        past.unsaved(rows);
        rankings.unsaved(rows);
        rows.put(CLOCK, String.valueOf(now));
        rows.put(PUBLISHING, String.join("/", publishing));
        store.save(cursor, rows, past.forgetBefore());
        touched.clear();
        past.saved();
        rankings.saved();
    }

    /** An entry comes: its content, and what time alone does. */
    void step(LogBatch.Step step, Consumer<InfluxLine> out) {
        long at = step.received();
        if (content.isEmpty()) {
            now = now == Long.MIN_VALUE ? at : now;
            learn(step.content());
        }
        boolean watched = !(step.entry().entry() instanceof Entry.Resumed);
        if (!watched || Math.floorDiv(at, HOUR_MS) > Math.floorDiv(now, HOUR_MS)) {
            for (SiteStanding standing : standings.values()) {
                if (!watched && now + 1 < at) {
                    unwatched(standing, out);
                }
                advance(standing, at, watched, out);
                devices(standing, out);
                items(standing, standing.day().states(), watched ? Math.floorDiv(at, HOUR_MS) * HOUR_MS : at, out);
                changed.add(standing.site().id());
                rankings.due(standing.site().id());
            }
            tell(at, out);
        } else if (Math.floorDiv(at, MINUTE_MS) > Math.floorDiv(now, MINUTE_MS)) {
            tell(at, out);
        }
        now = Math.max(now, at);
        learn(step.content());
    }

    private void learn(Content in) {
        if (content.isPresent() && content.get() == in) {
            return;
        }
        content = Optional.of(in);
        Set<String> bound = new HashSet<>();
        for (Rulebook book : in.rulebooks().values()) {
            for (Rule rule : book.rules()) {
                bound.add(rule.head().id());
                bound.add(book.id() + "/" + rule.head().id());
            }
        }
        standings.keySet().removeIf(id -> in.register().site(id).isEmpty());
        nodes.clear();
        for (Site site : in.register().sites()) {
            SiteStanding standing = standings.computeIfAbsent(site.id(), id -> fresh(site));
            standing.bind(site);
            standing.day().states().keepRules(bound);
            for (String node : nodes(site)) {
                nodes.computeIfAbsent(node, k -> new ArrayList<>()).add(standing);
            }
            touch(standing);
            changed.add(site.id());
            rankings.due(site.id());
        }
    }

    private SiteStanding fresh(Site site) {
        String json = kept.remove(site.id());
        return json == null ? new SiteStanding(site, now) : SiteStanding.of(site, Json.parse(json));
    }

    /** Every node of a site's region path, from the top, each by its whole path. */
    static List<String> nodes(Site site) {
        List<String> found = new ArrayList<>();
        String region = site.region();
        for (int slash = region.indexOf('/'); slash >= 0; slash = region.indexOf('/', slash + 1)) {
            found.add(region.substring(0, slash));
        }
        found.add(region);
        return found;
    }

    private void advance(SiteStanding standing, long to, boolean watched, Consumer<InfluxLine> out) {
        standing.advance(to, watched, (s, date, dayStart, as) -> {
            for (Device device : s.site().devices()) {
                s.device(device).line(s.site(), device, date, dayStart, s.site().dayEnd(dayStart)).ifPresent(out);
            }
            past.put(date, s.site().id(), as);
            rankings.ended(s, as);
            correct(date, s.site());
        });
        touch(standing);
    }

    private void correct(LocalDate date, Site site) {
        corrected.computeIfAbsent(date, k -> new TreeSet<>()).add(site.id());
    }

    private void devices(SiteStanding standing, Consumer<InfluxLine> out) {
        for (Device device : standing.site().devices()) {
            standing.device(device)
                    .line(standing.site(), device, standing.date(), standing.dayStart(), now)
                    .ifPresent(out);
        }
    }

    /** From the last entry on nobody watched: a chart must not hold on to what was in order then. */
    private void unwatched(SiteStanding standing, Consumer<InfluxLine> out) {
        items(standing, standing.day().states().unwatched(), now + 1, out);
    }

    private static void items(SiteStanding standing, ItemStates states, long at, Consumer<InfluxLine> out) {
        for (String item : Checklist.ITEMS) {
            item(standing, states, item, at, 0, out);
        }
    }

    private static void item(
            SiteStanding standing, ItemStates states, String item, long at, long number, Consumer<InfluxLine> out) {
        InfluxLine.of(Measurement.ITEM)
                .tag(Schema.REGION, standing.site().region())
                .tag(Schema.SITE, standing.site().id())
                .tag(Schema.ITEM, item)
                .field(Schema.STATE, InfluxLines.state(states.state(item)))
                .field(Schema.CAPTURE, states.capture(item))
                .at(at, number)
                .ifPresent(out);
    }

    /** A verdict of an item or of a rule. */
    void verdict(LogBatch.Decided decided, JsonNode verdict, Consumer<InfluxLine> out) {
        SiteStanding standing = standings.get(decided.site());
        // A rulebook in shadow counts for nothing.
        if (standing == null || verdict.path("shadow").asBoolean()) {
            return;
        }
        String item = verdict.path("item").asText();
        State state = State.valueOf(verdict.path("state").asText());
        double capture = verdict.path("capture").asDouble();
        Optional<String> rule = Json.text(verdict, "rule");
        if (rule.isPresent() && verdict.path("final").asBoolean()) {
            LocalDate date = OffsetDateTime.parse(verdict.path("from").asText()).toLocalDate();
            past.of(date, decided.site()).ifPresent(day -> {
                day.states().seal(rule.get(), item, state, capture);
                past.put(date, decided.site(), day);
                correct(date, standing.site());
            });
            return;
        }
        advance(standing, decided.at(), true, out);
        if (rule.isPresent()) {
            standing.day().states().putRule(rule.get(), item, state);
            return;
        }
        boolean other = standing.day().states().state(item) != state;
        standing.day().states().put(item, state, capture, decided.at());
        changed.add(decided.site());
        if (other) {
            item(standing, standing.day().states(), item, decided.at(), decided.number(), out);
        }
    }

    void alarm(LogBatch.Decided decided, JsonNode alarm, Consumer<InfluxLine> out) {
        SiteStanding standing = standings.get(decided.site());
        if (standing != null) {
            AlarmRecords.line(standing, alarm, decided.at()).ifPresent(out);
            changed.add(decided.site());
            touch(standing);
        }
    }

    void finding(LogBatch.Decided decided, JsonNode finding, Consumer<InfluxLine> out) {
        device(decided.site(), finding.path("device").asText()).ifPresent(DeviceDay::found);
        SiteStanding standing = standings.get(decided.site());
        if (standing != null) {
            InfluxLine.of(Measurement.FINDING)
                    .tag(Schema.REGION, standing.site().region())
                    .tag(Schema.SITE, decided.site())
                    .tag(Schema.DEVICE, finding.path("device").asText())
                    .tag(Schema.KIND, finding.path("kind").asText())
                    .field(Schema.COUNT, 1)
                    .at(decided.at(), decided.number())
                    .ifPresent(out);
        }
    }

    void rejection(LogBatch.Decided decided, JsonNode rejection) {
        boolean time = rejection.path("reason").asText().startsWith("time-");
        device(decided.site(), rejection.path("device").asText()).ifPresent(d -> d.rejected(time));
    }

    void heard(LogBatch.Step step, Taken taken) {
        if (taken.site().isPresent() && taken.device().isPresent()) {
            Device device = taken.device().get();
            device(taken.site().get().id(), device.id())
                    .ifPresent(d -> d.hear(taken.observation(), step.received(), device.validityMs()));
        }
    }

    private Optional<DeviceDay> device(String site, String device) {
        SiteStanding standing = standings.get(site);
        if (standing == null) {
            return Optional.empty();
        }
        touch(standing);
        return standing.site().device(device).map(standing::device);
    }

    /** What a region published counts at a site below it unless a nearer one publishes too. */
    void background(Observation.Background told, Consumer<InfluxLine> out) {
        String node = told.site();
        for (SiteStanding standing : standings.values()) {
            Site site = standing.site();
            List<String> path = List.of(site.region().split("/"));
            int at = node.contains("/") ? Math.min(path.size(), node.split("/").length) - 1 : path.lastIndexOf(node);
            if (at < 0 || node.contains("/") && !("/" + site.region() + "/").startsWith("/" + node + "/")) {
                continue;
            }
            publishing.add(path.get(at));
            if (path.subList(at + 1, path.size()).stream().noneMatch(publishing::contains)) {
                told.values().forEach((quantity, value) -> InfluxLine.of(Measurement.BACKGROUND)
                        .tag(Schema.REGION, site.region())
                        .tag(Schema.SITE, site.id())
                        .tag(Schema.QUANTITY, quantity.wire())
                        .tag(Schema.PERIOD, Duration.ofMillis(told.periodMs()).toString())
                        .field(Schema.MEAN, value.number())
                        .at(told.ts(), 0)
                        .ifPresent(out));
            }
        }
    }

    private void touch(SiteStanding standing) {
        touched.add(standing.site().id());
    }

    /** Tells the sites and regions whose figures changed. */
    private void tell(long at, Consumer<InfluxLine> out) {
        Set<String> above = new TreeSet<>();
        for (String id : changed) {
            SiteStanding standing = standings.get(id);
            if (standing != null) {
                FigureLines.site(standing.site(), standing.day(), standing.dayStart(),
                        Optional.of(new FigureLines.Now(at, standing.alarms().values())), out);
                above.addAll(nodes(standing.site()));
            }
        }
        for (String node : above) {
            Set<LocalDate> days = new TreeSet<>();
            nodes.getOrDefault(node, List.of()).forEach(s -> days.add(s.date()));
            days.forEach(day -> region(node, day, out));
        }
        changed.clear();
        rankings.tell(standings::get, out);
        corrected.forEach((day, sites) -> tellPast(day, sites, out));
        corrected.clear();
    }

    private void tellPast(LocalDate day, Set<String> sites, Consumer<InfluxLine> out) {
        Set<String> above = new TreeSet<>();
        for (String id : sites) {
            SiteStanding standing = standings.get(id);
            Optional<SiteDay> as = past.of(day, id);
            if (standing != null && as.isPresent()) {
                Site site = standing.site();
                long start = day.atStartOfDay(site.zone()).toInstant().toEpochMilli();
                FigureLines.site(site, as.get(), start, Optional.empty(), out);
                above.addAll(nodes(site));
            }
        }
        above.forEach(node -> region(node, day, out));
    }

    private void region(String node, LocalDate day, Consumer<InfluxLine> out) {
        List<SiteStanding> sites = nodes.getOrDefault(node, List.of());
        List<SiteDay> days = new ArrayList<>(sites.size());
        for (SiteStanding standing : sites) {
            if (standing.date().equals(day)) {
                days.add(standing.day());
            } else {
                past.of(day, standing.site().id()).ifPresent(days::add);
            }
        }
        if (!days.isEmpty()) {
            long start = day.atStartOfDay(sites.get(0).site().zone()).toInstant().toEpochMilli();
            FigureLines.region(node, days, start, out);
        }
    }
}
