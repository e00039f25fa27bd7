package dustwarden.app.node;

import dustwarden.console.Page;
import dustwarden.console.PageRequest;
import dustwarden.console.Sight;
import dustwarden.console.Sites;
import dustwarden.series.SiteViews;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Optional;

/** The console's sites out of the embedded views. */
record SitesView(Ask ask, SiteViews views) implements Sites {
    @Override
    public Future<Page> list(Optional<String> region, Sight sight, PageRequest page) {
        return ask.page(() -> views.list(region, sight::sees, page.limit(), page.cursor()));
    }

    @Override
    public Future<Optional<JsonObject>> one(String site) {
        return ask.json(() -> views.one(site));
    }

    @Override
    public Future<Optional<JsonObject>> checklist(String site) {
        return ask.json(() -> views.checklist(site));
    }

    @Override
    public Future<Optional<Page>> devices(String site, PageRequest page) {
        return ask.maybePage(() -> views.devices(site, page.limit(), page.cursor()));
    }

    @Override
    public Future<Optional<Page>> passages(String site, Optional<LocalDate> day, PageRequest page) {
        return ask.maybePage(() -> views.passages(site, day, page.limit(), page.cursor()));
    }
}
