package dustwarden.core.decode;

import dustwarden.core.model.Observation;
import dustwarden.core.model.Observation.Interval;
import dustwarden.core.model.Observation.Reading;
import dustwarden.core.model.Quantity;
import dustwarden.core.model.Values;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the sub-packets (PNUM, PNO) of one device together, so that one moment is one observation; state of plain
 * fields.
 *
 * <p>At most {@value #GROUPS_MAX} incomplete groups are kept, none longer than {@value #WAIT_MS} ms; the oldest then
 * comes out as far as it is known.
 */
public final class Hj212Parts {
    static final int GROUPS_MAX = 4;
    static final int PARTS_MAX = 63;
    /** Under the minute from which on a lateness would look like a wrong clock. */
    public static final long WAIT_MS = 45_000;

    private static final class Group {
        private String key = "";
        private long seen;
        private long began;
        private final List<Observation> merged = new ArrayList<>();
    }

    private final List<Group> groups = new ArrayList<>();

    /** What a frame's observation becomes once the parts before it are known. */
    public Decoded take(Hj212Frame frame, Decoded decoded, long now) {
        int parts = frame.parts().orElse(1);
        int part = frame.part().orElse(0);
        if (!(decoded instanceof Decoded.Accepted accepted) || parts < 2 || parts > PARTS_MAX || part < 1 || part > parts) {
            return decoded;
        }
        if (accepted.observations().size() > 1) {
            return decoded; // of several moments none is said to go on in another part
        }
        List<Observation> out = new ArrayList<>();
        Group group = group(frame.cn() + " " + frame.plain("DataTime") + " " + parts, now, out);
        if ((group.seen & 1L << part) == 0) {
            group.seen |= 1L << part;
            accepted.observations().forEach(each -> merge(group, each));
        }
        String why = "part " + part + " of " + parts;
        if (Long.bitCount(group.seen) == parts) {
            out.addAll(group.merged);
            groups.remove(group);
        } else {
            why += ", the others are awaited";
        }
        Optional<String> ignored = out.isEmpty() ? Optional.of(why) : accepted.ignored();
        return new Decoded.Accepted(out, accepted.tolerated(), ignored);
    }

    /** What is known of the groups that are still incomplete, oldest first; they are then forgotten. */
    public List<Observation> rest() {
        List<Observation> out = new ArrayList<>();
        groups.forEach(group -> out.addAll(group.merged));
        groups.clear();
        return out;
    }

    /** When the oldest incomplete group is due, epoch ms. */
    public long nextAt() {
        return groups.isEmpty() ? Long.MAX_VALUE : groups.get(0).began + WAIT_MS;
    }

    /** What is known of the groups that have waited long enough; they are then forgotten. */
    public List<Observation> overdue(long now) {
        List<Observation> out = new ArrayList<>();
        while (nextAt() <= now) {
            out.addAll(groups.remove(0).merged);
        }
        return out;
    }

    private Group group(String key, long now, List<Observation> out) {
        for (Group group : groups) {
            if (group.key.equals(key)) {
                return group;
            }
        }
        if (groups.size() == GROUPS_MAX) {
            out.addAll(groups.remove(0).merged);
        }
        Group group = new Group();
        group.key = key;
        group.began = now;
        groups.add(group);
        return group;
    }

    /** Adds the values of a further part; of a quantity in two parts the first stays. */
    private static void merge(Group group, Observation next) {
        if (group.merged.isEmpty()) {
            group.merged.add(next);
            return;
        }
        Observation first = group.merged.get(0);
        if (first instanceof Reading a && next instanceof Reading b) {
            group.merged.set(0, new Reading(a.site(), a.device(), a.ts(), a.seq(), union(a.values(), b.values())));
        } else if (first instanceof Interval a && next instanceof Interval b) {
            group.merged.set(
                    0, new Interval(a.site(), a.device(), a.ts(), a.periodMs(), union(a.values(), b.values())));
        }
    }

    private static Values union(Values first, Values second) {
        Map<Quantity, Values.Value> all = new EnumMap<>(Quantity.class);
        second.forEach(all::put);
        first.forEach(all::put);
        return new Values(all);
    }
}
