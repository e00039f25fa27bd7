package dustwarden.series;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dustwarden.core.judge.State;

/**
 * One local day of a site: how its items stand, or stood when it ended, and how long its seven items were in each kind of
 * state. An item that does not apply is in order, as in the console's ranking.
 */
final class SiteDay {
    private static final int SEVEN = 7;

    /** How the time of the seven items was spent, ms. */
    record Spent(long inOrder, long violation, long unknown) {
        long all() {
            return inOrder + violation + unknown;
        }

        double share(long part) {
            return (double) part / all();
        }

        Spent plus(Spent other) {
            return new Spent(inOrder + other.inOrder, violation + other.violation, unknown + other.unknown);
        }
    }

    private ItemStates states;
    private Spent spent = new Spent(0, 0, 0);

    SiteDay(ItemStates states) {
        this.states = states;
    }

    ItemStates states() {
        return states;
    }

    /** Adds time that all items spent as they stand; what nobody watched was not in order. */
    void spend(long ms, boolean watched) {
        ItemStates held = watched ? states : states.unwatched();
        int violation = 0;
        int unknown = 0;
        for (String item : Checklist.ITEMS.subList(0, SEVEN)) {
            State state = held.state(item);
            violation += state == State.VIOLATION ? 1 : 0;
            unknown += state == State.UNKNOWN ? 1 : 0;
        }
        spent = spent.plus(new Spent(ms * (SEVEN - violation - unknown), ms * violation, ms * unknown));
    }

    /** The day as it ended. */
    SiteDay ended(boolean watched) {
        SiteDay copy = new SiteDay(watched ? states.copy() : states.unwatched());
        copy.spent = spent;
        return copy;
    }

    void nextDay() {
        spent = new Spent(0, 0, 0);
    }

    Spent spent() {
        return spent;
    }

    ObjectNode json() {
        ObjectNode json = states.json();
        json.putArray("spent").add(spent.inOrder()).add(spent.violation()).add(spent.unknown());
        return json;
    }

    static SiteDay of(JsonNode json) {
        SiteDay day = new SiteDay(ItemStates.of(json));
        JsonNode spent = json.path("spent");
        day.spent = new Spent(spent.path(0).asLong(), spent.path(1).asLong(), spent.path(2).asLong());
        return day;
    }
}
