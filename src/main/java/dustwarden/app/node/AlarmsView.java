package dustwarden.app.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.console.Alarms;
import dustwarden.console.Page;
import dustwarden.console.PageRequest;
import dustwarden.console.Sight;
import dustwarden.core.Content;
import dustwarden.core.model.Site;
import dustwarden.report.EvidenceBundle;
import dustwarden.series.AlarmViews;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The console's alarms out of the embedded views, its notices out of the notice book. */
record AlarmsView(Ask ask, AlarmViews views, NoticeLists notices, Load load, EvidenceBundle evidence, Supplier<Content> content,
        LongSupplier now)
        implements Alarms {
    private static final long WEEK_MS = 7L * 86_400_000;
    private static final long LONGEST_MS = 92L * 86_400_000;
    private static final int NOTICES_MAX = 1_000;

    /** How much each receiver was told in a stretch of time; blocks on a file. */
    @FunctionalInterface
    interface Load {
        ArrayNode of(Optional<Set<String>> sites, long from, long to);
    }

    static EvidenceBundle evidence(Node.Plan plan, NoticeLists notices) {
        return new EvidenceBundle(
                plan.ledger(),
                alarm -> notices.list(Optional.of(alarm), Optional.empty(), Optional.empty(), NOTICES_MAX, Optional.empty()).items(),
                plan.clock(),
                plan.version());
    }

    @Override
    public Future<Page> list(Filter filter, PageRequest page) {
        return ask.page(() -> views.list(
                filter.site(), filter.state(), filter.item(), filter.sight().sites(), page.limit(), page.cursor()));
    }

    @Override
    public Future<Optional<String>> place(String id) {
        return ask.of(() -> views.place(id));
    }

    @Override
    public Future<Optional<JsonObject>> one(String id) {
        return ask.json(() -> views.one(id));
    }

    @Override
    public Future<Optional<Buffer>> evidence(String id) {
        return ask.of(() -> views.one(id).flatMap(alarm -> {
            JsonObject json = new JsonObject(alarm);
            long raisedAt = OffsetDateTime.parse(json.getString("raisedAt")).toInstant().toEpochMilli();
            return evidence.zip(id, json.getString("site"), raisedAt).map(Buffer::buffer);
        }));
    }

    @Override
    public Future<Page> notices(Optional<String> alarm, Optional<String> fate, Sight sight, PageRequest page) {
        return ask.page(() -> notices.list(alarm, fate, told(alarm, sight), page.limit(), page.cursor()));
    }

    /** Notices know their site but no node: who sees an alarm of a region sees what was told of it. */
    private Optional<Set<String>> told(Optional<String> alarm, Sight sight) {
        boolean seen = alarm.flatMap(views::place).map(place -> place.contains("/") && sight.sees(place)).orElse(false);
        return seen ? Optional.empty() : sight.sites();
    }

    @Override
    public Future<JsonObject> figures(Span span) {
        long to = span.to().map(Instant::toEpochMilli).orElseGet(now::getAsLong);
        long from = span.from().map(Instant::toEpochMilli).orElse(to - WEEK_MS);
        if (from >= to || to - from > LONGEST_MS) {
            return Future.failedFuture(new IllegalArgumentException("from lies before to, by at most 92 days"));
        }
        Optional<Set<String>> sites = sites(span);
        return ask.of(() -> {
            ObjectNode figures = views.figures(sites, from, to);
            figures.set("byReceiver", load.of(sites, from, to));
            return new JsonObject(figures.toString());
        });
    }

    /** The sites asked for, of those that the login sees; empty where all are. */
    private Optional<Set<String>> sites(Span span) {
        if (span.site().isEmpty() && span.region().isEmpty()) {
            return span.sight().sites();
        }
        return Optional.of(content.get().register().sites().stream()
                .filter(s -> span.site().map(s.id()::equals).orElse(true)
                        && span.region().map(r -> ("/" + s.region() + "/").contains("/" + r + "/")).orElse(true))
                .map(Site::id)
                .filter(span.sight()::sees)
                .collect(Collectors.toSet()));
    }

    @Override
    public Future<Page> filings(Optional<String> site, Optional<String> kind, Optional<String> about, Sight sight, PageRequest page) {
        return ask.page(() -> views.filings(site, kind, about, sight.sites(), page.limit(), page.cursor()));
    }
}
