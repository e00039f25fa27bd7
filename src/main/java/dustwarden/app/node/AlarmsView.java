package dustwarden.app.node;

import dustwarden.console.Alarms;
import dustwarden.console.Page;
import dustwarden.console.PageRequest;
import dustwarden.console.Sight;
import dustwarden.report.EvidenceBundle;
import dustwarden.series.AlarmViews;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The console's alarms out of the embedded views, its notices out of the notice book. */
record AlarmsView(Ask ask, AlarmViews views, NoticeLists notices, EvidenceBundle evidence) implements Alarms {
    private static final int NOTICES_MAX = 1_000;

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
    public Future<Optional<String>> site(String id) {
        return ask.of(() -> views.site(id));
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
        return ask.page(() -> notices.list(alarm, fate, sight.sites(), page.limit(), page.cursor()));
    }
}
