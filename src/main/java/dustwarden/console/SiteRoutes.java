package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.util.Optional;

/** The operations on sites, their series, and the regions they lie in. */
final class SiteRoutes {
    private static final int RAW_POINTS_DEFAULT = 1000;
    // A day of minute means of some twenty monitors; beyond it a client asks page by page.
    private static final int MEANS_DEFAULT = 30_000;
    private static final Duration STRETCH_DEFAULT = Duration.ofDays(1);

    private final ConsoleViews views;
    private final InstantSource clock;

    SiteRoutes(ConsoleViews views, InstantSource clock) {
        this.views = views;
        this.clock = clock;
    }

    void mount(Answers answers) {
        Sites sites = views.sites();
        answers.page("listSites", asked -> sites.list(asked.text("region"), asked.sight(), asked.page()));
        answers.json("getSite", asked -> site(sites.one(asked.path("site")), asked));
        answers.json("getChecklist", asked -> site(sites.checklist(asked.path("site")), asked));
        answers.page("listDevices", asked -> site(sites.devices(asked.path("site"), asked.page()), asked));
        answers.page(
                "listPassages",
                asked -> site(sites.passages(asked.path("site"), asked.day("day"), asked.page()), asked));
        answers.json("listForwards", asked -> site(
                sites.one(asked.path("site")).map(found -> found.map(known -> forwards(asked.path("site")))), asked));
        answers.json("getSeries", asked -> site(views.series().points(query(asked)), asked));
        answers.page("getRanking", asked -> views.regions().ranking(stretch(asked), asked.sight(), asked.page()));
        answers.page("listRulebooks", asked -> views.regions().rulebooks(asked.page()));
        answers.json("getStatus", asked -> Future.succeededFuture(status(views.status())));
    }

    private static <T> Future<T> site(Future<Optional<T>> looked, Arguments asked) {
        return Answers.found(looked, "site", asked.path("site"));
    }

    private JsonObject forwards(String site) {
        JsonArray items = new JsonArray();
        for (Status.Forwarded each : views.status().forwarded(site)) {
            JsonArray days = new JsonArray();
            each.days().forEach(day -> days.add(new JsonObject()
                    .put("day", day.day())
                    .put("judged", day.judged())
                    .put("acknowledged", day.acknowledged())
                    .put("dropped", day.dropped())));
            items.add(new JsonObject()
                    .put("bureau", each.bureau())
                    .put("device", each.device())
                    .put("connected", each.connected())
                    .put("waiting", each.waiting())
                    .put("days", days));
        }
        return new JsonObject().put("items", items);
    }

    private Series.Query query(Arguments asked) {
        Instant to = asked.time("to").orElseGet(clock::instant);
        Instant from = asked.time("from").orElseGet(() -> to.minus(STRETCH_DEFAULT));
        Optional<Duration> period = asked.text("period").map(SiteRoutes::period);
        return new Series.Query(
                asked.path("site"),
                asked.required("quantity"),
                from,
                to,
                period,
                asked.text("device"),
                asked.limit(period.isPresent() ? MEANS_DEFAULT : RAW_POINTS_DEFAULT),
                asked.text("cursor"));
    }

    private static Duration period(String text) {
        return text.startsWith("PT") ? Duration.parse(text) : Duration.ofDays(Period.parse(text).getDays());
    }

    private Regions.Stretch stretch(Arguments asked) {
        Instant to = asked.time("to").orElseGet(clock::instant);
        Instant from = asked.time("from").orElseGet(() -> to.minus(Duration.ofDays(7)));
        if (from.isAfter(to)) {
            throw new Problem(400, "from must not be after to");
        }
        return new Regions.Stretch(asked.text("region"), from, to);
    }

    static JsonObject status(Status status) {
        JsonObject json = new JsonObject().put("version", status.version()).put("now", status.now());
        status.progress().ifPresent(progress -> json.put("progress", progress(progress)));
        return json;
    }

    static JsonObject progress(Status.Progress progress) {
        return new JsonObject()
                .put("playing", progress.playing())
                .put("share", progress.share())
                .put("from", progress.from())
                .put("to", progress.to())
                .put("at", progress.at());
    }
}
