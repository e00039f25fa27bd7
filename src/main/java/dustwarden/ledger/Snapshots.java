package dustwarden.ledger;

import dustwarden.ledger.Shelf.SetRow;
import dustwarden.ledger.Shelf.StateRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Puts stored states together again: a whole set and what changed after it. */
final class Snapshots {
    private Snapshots() {}

    static Optional<SnapshotSet> newest(Sqlite db, String coreVersion, long appliedAtMost) {
        List<SetRow> sets = Shelf.sets(db).stream()
                .filter(s -> s.core().equals(coreVersion) && s.applied() <= appliedAtMost)
                .toList();
        for (int i = 0; i < sets.size(); i++) {
            Optional<SnapshotSet> merged = merged(db, sets.subList(i, sets.size()));
            if (merged.isPresent()) {
                return merged;
            }
        }
        return Optional.empty();
    }

    /** The first of the sets laid over those after it down to a whole one; empty where one of them is harmed. */
    private static Optional<SnapshotSet> merged(Sqlite db, List<SetRow> newestFirst) {
        SetRow newest = newestFirst.get(0);
        TreeMap<String, byte[]> states = new TreeMap<>();
        for (SetRow set : newestFirst) {
            try {
                states(db, set).forEach(states::putIfAbsent);
            } catch (In.Damaged e) {
                return Optional.empty();
            }
            if (set.whole()) {
                return Optional.of(new SnapshotSet(newest.applied(), newest.at(), newest.core(), true, states));
            }
        }
        return Optional.empty();
    }

    /** The states of one set, each proved. */
    static TreeMap<String, byte[]> states(Sqlite db, SetRow set) {
        TreeMap<String, byte[]> states = new TreeMap<>();
        TreeMap<String, byte[]> hashes = new TreeMap<>();
        for (StateRow row : Shelf.states(db, set.applied())) {
            states.put(row.site(), row.state());
            hashes.put(row.site(), row.hash());
        }
        if (!Arrays.equals(set.hash(), Shelf.setHash(set.applied(), set.at(), set.core(), set.whole(), hashes))) {
            throw new In.Damaged("the set at " + set.applied() + " does not fit its hash");
        }
        return states;
    }
}
