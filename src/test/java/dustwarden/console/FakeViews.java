package dustwarden.console;

import dustwarden.core.model.Register;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A site, an alarm and an inbox held in memory; remembers what it was asked. */
final class FakeViews implements Sites, Series, Alarms, Acts, Regions, Intake, Status {
    static final String SITE = "xx-hongqi-01";
    static final String ALARM = "00112233aabbccdd";
    static final String DEVICE_SECRET = "right";

    final List<Query> queries = new ArrayList<>();
    final List<Act> acts = new ArrayList<>();
    final List<Filing> filings = new ArrayList<>();
    final List<Buffer> bodies = new ArrayList<>();
    final List<PageRequest> pages = new ArrayList<>();
    volatile Outcome outcome = new Outcome.Done(alarm());
    volatile Receipt receipt = new Receipt(1, List.of());

    ConsoleViews all() {
        return new ConsoleViews(this, this, this, this, this, this, this, () -> new Register(List.of()),
                new FakeLinks(), new FakeSprays());
    }

    static JsonObject alarm() {
        return new JsonObject()
                .put("id", ALARM)
                .put("site", SITE)
                .put("item", "washing")
                .put("rule", "henan-seven/washing")
                .put("subject", "gate-a")
                .put("priority", "high")
                .put("state", "raised")
                .put("raisedAt", "2026-03-14T09:00:00+08:00")
                .put("occurrences", 1)
                .put("reasons", new JsonArray().add(new JsonObject()
                        .put("code", "bypass")
                        .put("params", new JsonObject().put("plate", "豫G12345"))));
    }

    private Future<Page> onePage(PageRequest page, JsonObject item) {
        pages.add(page);
        if (page.cursor().isPresent() && !page.cursor().get().equals("after-1")) {
            return Future.failedFuture(new BadCursor(page.cursor().get()));
        }
        return Future.succeededFuture(new Page(List.of(item), Optional.of("after-1")));
    }

    private static <T> Optional<T> only(String site, T value) {
        return site.equals(SITE) ? Optional.of(value) : Optional.empty();
    }

    private static JsonObject site() {
        return new JsonObject()
                .put("site", SITE)
                .put("name", new JsonObject().put("zh", "红旗区一号工地").put("en", "Hongqi site 1"))
                .put("region", "410000/410700")
                .put("state", "VIOLATION")
                .put("since", "2026-03-14T08:00:00+08:00")
                .put("items", items());
    }

    private static JsonArray items() {
        JsonArray items = new JsonArray();
        for (String item : List.of("enclosure", "coverage", "washing", "hardening", "sealed-transport", "wet-work",
                "video", "particulates", "restrictions")) {
            boolean bad = item.equals("washing");
            items.add(new JsonObject()
                    .put("item", item)
                    .put("state", bad ? "VIOLATION" : item.equals("video") ? "UNKNOWN" : "COMPLIANT")
                    .put("low", bad ? 0.5 : 1.0)
                    .put("high", bad ? 0.5 : 1.0)
                    .put("capture", 1.0)
                    .put("since", "2026-03-14T08:00:00+08:00")
                    .put("reasons", bad ? alarm().getJsonArray("reasons") : new JsonArray())
                    .put("rules", new JsonArray()));
        }
        return items;
    }

    @Override
    public Future<Page> list(Optional<String> region, Sight sight, PageRequest page) {
        return onePage(page, site());
    }

    @Override
    public Future<Optional<JsonObject>> one(String id) {
        return Future.succeededFuture(
                id.equals(ALARM) ? Optional.of(alarm()) : only(id, site()));
    }

    @Override
    public Future<Optional<JsonObject>> checklist(String site) {
        return Future.succeededFuture(only(site, new JsonObject()
                .put("site", SITE)
                .put("rulebooks", new JsonArray())
                .put("at", now())
                .put("state", "VIOLATION")
                .put("items", items())));
    }

    @Override
    public Future<Optional<Page>> devices(String site, PageRequest page) {
        return onePage(page, new JsonObject().put("device", "cam-1").put("kind", "camera").put("state", "reporting"))
                .map(found -> only(site, Page.of(found.items())));
    }

    @Override
    public Future<Optional<Page>> passages(String site, Optional<LocalDate> day, PageRequest page) {
        JsonObject passage = new JsonObject()
                .put("ts", "2026-03-14T08:50:00+08:00")
                .put("id", "p1")
                .put("device", "wash-a")
                .put("gate", "gate-a")
                .put("direction", "out")
                .put("plate", "豫G12345")
                .put("bypass", true)
                .put("washing", "failed")
                .put("transport", "passed");
        return onePage(page, passage).map(found -> only(site, Page.of(found.items())));
    }

    @Override
    public Future<Optional<JsonObject>> points(Query query) {
        queries.add(query);
        return Future.succeededFuture(only(query.site(), new JsonObject().put("points", new JsonArray())));
    }

    @Override
    public Future<Optional<String>> place(String alarm) {
        return Future.succeededFuture(alarm.equals(ALARM) ? Optional.of(SITE) : Optional.empty());
    }

    @Override
    public Future<Page> list(Filter filter, PageRequest page) {
        return Future.succeededFuture(Page.of(List.of(alarm())));
    }

    @Override
    public Future<Optional<Buffer>> evidence(String id) {
        return Future.succeededFuture(id.equals(ALARM) ? Optional.of(Buffer.buffer("PK")) : Optional.empty());
    }

    @Override
    public Future<Page> notices(Optional<String> alarm, Optional<String> fate, Sight sight, PageRequest page) {
        return onePage(page, new JsonObject().put("alarm", ALARM).put("fate", "sent"));
    }

    @Override
    public Future<JsonObject> figures(Span span) {
        return Future.succeededFuture(new JsonObject().put("raised", 0).put("site", span.site().orElse("all")));
    }

    @Override
    public Future<Page> filings(Optional<String> site, Optional<String> kind, Optional<String> about, Sight sight, PageRequest page) {
        return onePage(page, new JsonObject().put("id", "f1").put("kind", kind.orElse("waiver")));
    }

    @Override
    public Future<Outcome> file(Filing filing) {
        filings.add(filing);
        return Future.succeededFuture(outcome);
    }

    @Override
    public Future<Outcome> act(Act act) {
        acts.add(act);
        return Future.succeededFuture(act.alarm().equals(ALARM) ? outcome : new Outcome.NoSuchAlarm());
    }

    @Override
    public Future<Page> ranking(Stretch stretch, Sight sight, PageRequest page) {
        return onePage(page, new JsonObject().put("site", SITE));
    }

    @Override
    public Future<Page> rulebooks(PageRequest page) {
        return onePage(page, new JsonObject().put("id", "henan-seven"));
    }

    @Override
    public Future<Receipt> accept(String site, String device, String stream, Buffer body) {
        bodies.add(body);
        return Future.succeededFuture(receipt);
    }

    @Override
    public Future<Boolean> permits(String site, String device, String secret) {
        return Future.succeededFuture(secret.equals(DEVICE_SECRET));
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public String now() {
        return "2026-03-14T09:00:00+08:00";
    }

    @Override
    public Optional<Progress> progress() {
        return Optional.empty();
    }
}
