package dustwarden.app.node;

import dustwarden.console.Page;
import dustwarden.console.PageRequest;
import dustwarden.console.Regions;
import dustwarden.console.Sight;
import dustwarden.core.Content;
import dustwarden.core.model.Site;
import dustwarden.core.model.Text;
import dustwarden.core.rule.Rule;
import dustwarden.core.rule.RuleHead;
import dustwarden.core.rule.Rulebook;
import dustwarden.notify.ReasonWords;
import dustwarden.series.Listed;
import dustwarden.series.SiteViews;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sites compared by the share of time in which their seven items were in order, and the rulebooks in force. */
record RegionsView(Ask ask, SiteViews views, Supplier<Content> content, Function<String, Optional<byte[]>> texts)
        implements Regions {
    /** What a rule shows under names of its own; all else that stands in it are its figures. */
    private static final Set<String> HEAD =
            Set.of("id", "item", "title", "citation", "validFrom", "validTo", "note");
    private static final List<String> SEVEN =
            List.of("enclosure", "coverage", "washing", "hardening", "sealed-transport", "wet-work", "video");
    private static final int STEPS_MAX = 20_000;

    /** Milliseconds that a site's items spent in each kind of state. */
    private record Spent(Site site, long inOrder, long violation, long unknown) {
        double share(long part) {
            long all = inOrder + violation + unknown;
            return all == 0 ? 0 : (double) part / all;
        }
    }

    @Override
    public Future<Page> ranking(Stretch stretch, Sight sight, PageRequest page) {
        return ask.of(() -> {
            List<Spent> all = new ArrayList<>();
            for (Site site : content.get().register().sites()) {
                boolean below = stretch.region().map(r -> ("/" + site.region() + "/").contains("/" + r + "/")).orElse(true);
                if (below && sight.sees(site.id())) {
                    all.add(spent(site, stretch.from().toEpochMilli(), stretch.to().toEpochMilli()));
                }
            }
            all.sort(Comparator.comparingDouble((Spent s) -> -s.share(s.inOrder())).thenComparing(s -> s.site().id()));
            List<JsonObject> lines = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                lines.add(line(i + 1, all.get(i)));
            }
            return slice(lines, page);
        });
    }

    private Spent spent(Site site, long from, long to) {
        long[] sums = new long[3];
        for (String item : SEVEN) {
            long since = from;
            String state = "";
            for (String step : views.timeline(site.id(), item, 0, to, STEPS_MAX)) {
                JsonObject at = new JsonObject(step);
                long when = OffsetDateTime.parse(at.getString("at")).toInstant().toEpochMilli();
                add(sums, state, Math.max(since, from), Math.max(when, from));
                since = when;
                state = at.getString("state");
            }
            add(sums, state, Math.max(since, from), to);
        }
        return new Spent(site, sums[0], sums[1], sums[2]);
    }

    private static void add(long[] sums, String state, long from, long to) {
        if (to <= from || state.isEmpty()) {
            return;
        }
        int kind = state.equals("VIOLATION") ? 1 : state.equals("UNKNOWN") ? 2 : 0;
        sums[kind] += to - from;
    }

    private static JsonObject line(int rank, Spent spent) {
        return new JsonObject()
                .put("rank", rank)
                .put("site", spent.site().id())
                .put("name", new JsonObject().put("zh", spent.site().name().zh()).put("en", spent.site().name().en()))
                .put("region", spent.site().region())
                .put("share", spent.share(spent.inOrder()))
                .put("violation", spent.share(spent.violation()))
                .put("unknown", spent.share(spent.unknown()));
    }

    @Override
    public Future<Page> rulebooks(PageRequest page) {
        return ask.of(() -> slice(
                content.get().rulebooks().values().stream()
                        .sorted(Comparator.comparing(Rulebook::id))
                        .map(this::rulebook)
                        .toList(),
                page));
    }

    private JsonObject rulebook(Rulebook book) {
        Map<String, JsonObject> written = written(book);
        return new JsonObject()
                .put("id", book.id())
                .put("hash", book.hash())
                .put("kind", book.kind().name().toLowerCase(Locale.ROOT))
                .put("title", words(book.title()))
                .put("regions", new JsonArray(book.regions()))
                .put("rules", new JsonArray(book.rules().stream()
                        .map(rule -> rule(rule, written.getOrDefault(rule.head().shortId(), new JsonObject())))
                        .toList()));
    }

    /** The rules as they stand in the rulebook's content, by id. */
    private Map<String, JsonObject> written(Rulebook book) {
        Map<String, JsonObject> rules = new HashMap<>();
        texts.apply(book.hash())
                .map(text -> new JsonObject(Buffer.buffer(text)).getJsonArray("rules", new JsonArray()))
                .ifPresent(all -> all.forEach(rule -> rules.put(((JsonObject) rule).getString("id"), (JsonObject) rule)));
        return rules;
    }

    private static JsonObject words(Text text) {
        return new JsonObject().put("zh", text.zh()).put("en", text.en());
    }

    private static JsonObject rule(Rule rule, JsonObject written) {
        RuleHead head = rule.head();
        JsonObject citation = new JsonObject()
                .put("standard", head.citation().standard())
                .put("clause", head.citation().clause())
                .put("confidence", head.citation().confidence());
        put(citation, "link", head.citation().link(), text -> text);
        put(citation, "document", head.citation().document(), text -> text);
        put(citation, "quotedBy", head.citation().quotedBy(), text -> text);
        JsonObject json = new JsonObject()
                .put("id", head.id())
                .put("item", head.item())
                .put("title", words(head.title()))
                .put("citation", citation)
                .put("hash", head.hash());
        json.put("clears", new JsonObject()
                .put("zh", ReasonWords.clears(rule, "zh"))
                .put("en", ReasonWords.clears(rule, "en")));
        put(json, "validFrom", head.validFrom(), Object::toString);
        put(json, "validTo", head.validTo(), Object::toString);
        JsonObject figures = new JsonObject();
        written.forEach(entry -> {
            if (!HEAD.contains(entry.getKey())) {
                figures.put(entry.getKey(), entry.getValue());
            }
        });
        Optional.ofNullable(written.getValue("note")).ifPresent(note -> json.put("note", note));
        return json.put("figures", figures);
    }

    private static <T> void put(JsonObject json, String key, Optional<T> value, Function<T, String> text) {
        value.ifPresent(v -> json.put(key, text.apply(v)));
    }

    private static Page slice(List<JsonObject> all, PageRequest page) {
        int from = (int) Math.min(all.size(), Listed.place(page.cursor(), 0));
        int first = Math.max(0, Math.min(all.size(), from));
        int end = Math.min(all.size(), first + page.limit());
        return new Page(all.subList(first, end), end < all.size() ? Optional.of(String.valueOf(end)) : Optional.empty());
    }
}
