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

    private ItemStates states;
    private long inOrderMs;
    private long violationMs;
    private long unknownMs;

    SiteDay(ItemStates states) {
        this.states = states;
    }

    ItemStates states() {
        return states;
    }

    /** Adds time that all items spent as they stand; what nobody watched was not in order. */
    void spend(long ms, boolean watched) {
        ItemStates held = watched ? states : states.unwatched();
        for (String item : Checklist.ITEMS.subList(0, SEVEN)) {
            State state = held.state(item);
            if (state == State.VIOLATION) {
                violationMs += ms;
            } else if (state == State.UNKNOWN) {
                unknownMs += ms;
            } else {
                inOrderMs += ms;
            }
        }
    }

    /** The day as it ended. */
    SiteDay ended(boolean watched) {
        SiteDay copy = new SiteDay(watched ? states.copy() : states.unwatched());
        copy.inOrderMs = inOrderMs;
        copy.violationMs = violationMs;
        copy.unknownMs = unknownMs;
        return copy;
    }

    void nextDay() {
        inOrderMs = 0;
        violationMs = 0;
        unknownMs = 0;
    }

    boolean any() {
        return all() > 0;
    }

    private long all() {
        return inOrderMs + violationMs + unknownMs;
    }

    double inOrderShare() {
        return (double) inOrderMs / all();
    }

    double violationShare() {
        return (double) violationMs / all();
    }

    double unknownShare() {
        return (double) unknownMs / all();
    }

    ObjectNode json() {
        ObjectNode json = states.json();
        json.putArray("spent").add(inOrderMs).add(violationMs).add(unknownMs);
        return json;
    }

    static SiteDay of(JsonNode json) {
        SiteDay day = new SiteDay(ItemStates.of(json));
        day.inOrderMs = json.path("spent").path(0).asLong();
        day.violationMs = json.path("spent").path(1).asLong();
        day.unknownMs = json.path("spent").path(2).asLong();
        return day;
    }
}
