package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.judge.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The nine items of a site as they stood at one moment, with the states of their rules; what was never judged is unknown. */
final class ItemStates {
    private record Item(State state, long since, double capture) {}

    private record Rule(String item, State state) {}

    private final TreeMap<String, Item> items = new TreeMap<>();
    private final TreeMap<String, Rule> rules = new TreeMap<>();

    /** Takes what holds now. */
    void put(String item, State state, double capture, long at) {
        Item was = items.get(item);
        items.put(item, new Item(state, was != null && was.state() == state ? was.since() : at, capture));
    }

    void putRule(String rule, String item, State state) {
        rules.put(rule, new Rule(item, state));
    }

    /** Takes what a rule's day was sealed as: its item is then the worst of its rules. */
    void seal(String rule, String item, State state, double capture) {
        putRule(rule, item, state);
        State worst = rules.values().stream()
                .filter(r -> r.item().equals(item))
                .map(Rule::state)
                .reduce(State.NOT_APPLICABLE, State::worst);
        Item was = items.get(item);
        items.put(item, new Item(worst, was == null ? 0 : was.since(), was == null ? capture : was.capture()));
    }

    State state(String item) {
        Item known = items.get(item);
        return known == null ? State.UNKNOWN : known.state();
    }

    OptionalDouble capture(String item) {
        Item known = items.get(item);
        return known == null ? OptionalDouble.empty() : OptionalDouble.of(known.capture());
    }

    /** The worst of the nine. */
    State worst() {
        return Checklist.ITEMS.stream().map(this::state).reduce(State.NOT_APPLICABLE, State::worst);
    }

    /** Since when the first of the worst items is what it is, epoch ms. */
    Optional<Long> since() {
        State worst = worst();
        return items.values().stream().filter(i -> i.state() == worst).map(Item::since).min(Long::compareTo);
    }

    long count(State state) {
        return Checklist.ITEMS.stream().filter(item -> state(item) == state).count();
    }

    /** The mean over items that apply. */
    OptionalDouble capture() {
        List<Double> known = new ArrayList<>();
        for (Item item : items.values()) {
            if (item.state() != State.NOT_APPLICABLE) {
                known.add(item.capture());
            }
        }
        return known.stream().mapToDouble(d -> d).average();
    }

    /** A copy in which nothing is in order that nobody watched. */
    ItemStates unwatched() {
        ItemStates copy = copy();
        copy.items.replaceAll((name, i) -> new Item(
                i.state() == State.COMPLIANT ? State.UNKNOWN : i.state(), i.since(), i.capture()));
        copy.rules.replaceAll((name, r) -> new Rule(r.item(), r.state() == State.COMPLIANT ? State.UNKNOWN : r.state()));
        return copy;
    }

    ItemStates copy() {
        ItemStates copy = new ItemStates();
        copy.items.putAll(items);
        copy.rules.putAll(rules);
        return copy;
    }

    /** Forgets rules that are no longer bound. */
    void keepRules(java.util.Set<String> bound) {
        rules.keySet().retainAll(bound);
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        ObjectNode all = json.putObject("items");
        items.forEach((name, i) -> all.putArray(name).add(i.state().name()).add(i.since()).add(i.capture()));
        ObjectNode each = json.putObject("rules");
        rules.forEach((name, r) -> each.putArray(name).add(r.item()).add(r.state().name()));
        return json;
    }

    static ItemStates of(JsonNode json) {
        ItemStates states = new ItemStates();
        for (Map.Entry<String, JsonNode> e : json.path("items").properties()) {
            JsonNode i = e.getValue();
            states.items.put(e.getKey(), new Item(State.valueOf(i.get(0).asText()), i.get(1).asLong(), i.get(2).asDouble()));
        }
        for (Map.Entry<String, JsonNode> e : json.path("rules").properties()) {
            states.rules.put(e.getKey(), new Rule(e.getValue().get(0).asText(), State.valueOf(e.getValue().get(1).asText())));
        }
        return states;
    }
}
