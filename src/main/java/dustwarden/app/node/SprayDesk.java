package dustwarden.app.node;

import dustwarden.command.SprayView;
import dustwarden.console.Acts;
import dustwarden.console.Page;
import dustwarden.console.PageRequest;
import dustwarden.console.Sight;
import dustwarden.console.SprayControl;
import dustwarden.core.Content;
import dustwarden.core.DecisionJson;
import dustwarden.core.model.Device;
import dustwarden.core.model.DeviceKind;
import dustwarden.core.model.Site;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts a person's word to a spray into the journal; the view that commands sprays reads it there. */
final class SprayDesk implements SprayControl {
    private final Ask ask;
    private final ActDesk acts;
    private final SprayView view;
    private final Supplier<Content> content;

    SprayDesk(Ask ask, ActDesk acts, SprayView view, Supplier<Content> content) {
        this.ask = ask;
        this.acts = acts;
        this.view = view;
        this.content = content;
    }

    @java.lang.Override
    public Future<Outcome> override(Override wanted) {
        Optional<Site> site = content.get().register().site(wanted.site());
        Optional<Device> device = site.flatMap(s -> s.device(wanted.device())).filter(d -> d.kind() == DeviceKind.SPRAY);
        if (device.isEmpty()) {
            return Future.succeededFuture(new Outcome.NoSuchDevice());
        }
        JsonObject act = new JsonObject().put("act", "override").put("site", wanted.site()).put("device", wanted.device())
                .put("mode", wanted.mode().name().toLowerCase(Locale.ROOT)).put("person", wanted.person()).put("text", wanted.text());
        wanted.until().ifPresent(u -> act.put("until", DecisionJson.time(u.toEpochMilli(), site.get().zone())));
        return acts.put(act).map(outcome -> outcome instanceof Acts.Outcome.NotNow refused
                ? new Outcome.NotNow(refused.why())
                : new Outcome.Taken());
    }

    @java.lang.Override
    public Future<Page> commands(Optional<String> site, Sight sight, PageRequest page) {
        return ask.page(() -> view.list(site, sight.sites(), page.limit(), page.cursor()));
    }
}
