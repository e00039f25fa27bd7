package dustwarden.core.judge;

import dustwarden.core.model.Activity;
import java.util.Set;

/**
 * A span in which activities are banned.
 *
 * @param from epoch ms
 * @param to exclusive; far ahead where nothing is known to end it
 * @param bans what must stand still
 * @param order id of the order; empty text for wind and night
 */
record Restriction(long from, long to, Set<Activity> bans, String order) {
    Restriction {
        bans = Activity.setOf(bans);
    }

    boolean holdsAt(long at) {
        return from <= at && at < to;
    }
}
