package dustwarden.series;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.Content;
import dustwarden.core.judge.State;
import dustwarden.core.model.Site;
import dustwarden.core.rule.Rulebook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The nine items of one site with their rules, as they were last judged; what was never judged is unknown. */
final class Checklist {
    static final List<String> ITEMS = List.of(
            "enclosure", "coverage", "washing", "hardening", "sealed-transport", "wet-work", "video", "particulates",
            "restrictions");

    private final Site site;
    private final Content content;
    private final Map<String, ObjectNode> items = new HashMap<>();
    private final Map<String, List<ObjectNode>> rules = new HashMap<>();
    /** Rules that are only tried; no item follows from them. */
    private final List<ObjectNode> shadow = new ArrayList<>();

    private Checklist(Site site, Content content) {
        this.site = site;
        this.content = content;
    }

    static Checklist empty(Site site, Content content) {
        return new Checklist(site, content);
    }

    static Checklist of(ViewDb db, Site site, Content content) {
        Checklist checklist = new Checklist(site, content);
        db.query("SELECT item, json FROM item_now WHERE site = ?",
                r -> checklist.items.put(r.text(0), Json.parseObject(r.text(1))), site.id());
        Set<String> bound = checklist.bound();
        db.query("SELECT rule, item, json FROM rule_now WHERE site = ? ORDER BY rule", r -> {
            if (bound.contains(r.text(0))) {
                ObjectNode rule = Json.parseObject(r.text(2));
                boolean tried = rule.path("shadow").asBoolean();
                (tried ? checklist.shadow : checklist.rules.computeIfAbsent(r.text(1), k -> new ArrayList<>())).add(rule);
            }
            return true;
        }, site.id());
        return checklist;
    }

    /** Of all sites, without their rules. */
    static Map<String, Checklist> all(ViewDb db, Content content) {
        Map<String, Checklist> found = new HashMap<>();
        db.query("SELECT site, item, state, since FROM item_now", r -> {
            Optional<Site> site = content.register().site(r.text(0));
            site.ifPresent(s -> found.computeIfAbsent(s.id(), k -> new Checklist(s, content))
                    .items
                    .put(r.text(1), Json.object().put("item", r.text(1)).put("state", r.text(2)).put("since", r.text(3))));
            return true;
        });
        return found;
    }

    private Set<String> bound() {
        return Stream.concat(site.rulebooks().stream(), site.shadow().stream())
                .map(id -> content.rulebooks().get(id))
                .filter(book -> book != null)
                .flatMap(book -> book.rules().stream())
                .map(rule -> rule.head().id())
                .collect(Collectors.toSet());
    }

    /** The worst of the nine. */
    State state() {
        return ITEMS.stream().map(this::state).reduce(State.NOT_APPLICABLE, State::worst);
    }

    private State state(String item) {
        return items.containsKey(item) ? State.valueOf(items.get(item).path("state").asText()) : State.UNKNOWN;
    }

    /** Adds {@code state}, and {@code since} when the first of the worst items came into it. */
    void putState(ObjectNode json) {
        State state = state();
        json.put("state", state.name());
        ITEMS.stream()
                .filter(item -> state(item) == state && items.containsKey(item))
                .map(item -> items.get(item).path("since").asText())
                .min(String::compareTo)
                .ifPresent(since -> json.put("since", since));
    }

    /** Each item with its state and since when. */
    ArrayNode lines() {
        ArrayNode array = Json.array();
        for (String item : ITEMS) {
            ObjectNode line = array.addObject().put("item", item).put("state", state(item).name());
            if (items.containsKey(item)) {
                Json.copy(items.get(item), line, "since");
            }
        }
        return array;
    }

    /** The checklist of the API: the nine items, under {@code more} those that a list has beyond them, and what is only tried. */
    ObjectNode json(String at) {
        ObjectNode json = Json.object();
        json.put("site", site.id());
        ArrayNode books = json.putArray("rulebooks");
        for (String id : site.rulebooks()) {
            Rulebook book = content.rulebooks().get(id);
            if (book != null) {
                books.addObject().put("id", id).put("hash", book.hash());
            }
        }
        json.put("at", at);
        json.put("state", state().name());
        ArrayNode array = json.putArray("items");
        for (String item : ITEMS) {
            array.add(item(item));
        }
        List<String> beyond = items.keySet().stream().filter(item -> !ITEMS.contains(item)).sorted().toList();
        if (!beyond.isEmpty()) {
            ArrayNode more = json.putArray("more");
            beyond.forEach(item -> more.add(item(item)));
        }
        if (!shadow.isEmpty()) {
            json.set("shadow", SiteViews.array(shadow));
        }
        return json;
    }

    private ObjectNode item(String item) {
        ObjectNode json = Json.object();
        if (items.containsKey(item)) {
            json.setAll(items.get(item));
        } else {
            json.put("item", item).put("state", State.UNKNOWN.name()).put("low", 0.0).put("high", 1.0).put("capture", 0.0);
            json.putArray("reasons").addObject().put("code", "not-judged").putObject("params");
        }
        json.set("rules", SiteViews.array(rules.getOrDefault(item, List.of())));
        return json;
    }
}
