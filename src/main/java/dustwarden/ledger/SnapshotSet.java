package dustwarden.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * States of sites as they were before the entry at {@code applied} was stepped.
 *
 * @param applied the states hold all entries below it
 * @param at the core's time, epoch ms
 * @param whole every site is in it; else only those that changed since the set before
 * @param states bytes by site
 */
public record SnapshotSet(long applied, long at, String coreVersion, boolean whole, SortedMap<String, byte[]> states) {
    public SnapshotSet {
        if (applied < 0) {
            throw new IllegalArgumentException("applied " + applied + " is below 0");
        }
        Objects.requireNonNull(coreVersion, "coreVersion");
        states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
    }

    public SnapshotSet(long applied, long at, String coreVersion, boolean whole, Map<String, byte[]> states) {
        this(applied, at, coreVersion, whole, new TreeMap<>(states));
    }
}
