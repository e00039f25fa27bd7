package dustwarden.core.honesty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Finds monitors that say the series of a monitor of another site. An index of the prints that sites keep, made of their
 * states and so no state itself: at most {@code ACROSS_KEPT} a monitor.
 *
 * <p>One print alone tells nothing: two with the same shift do, of which a monitor that copies makes some in an hour.
 */
public final class CopiesAcross {
    private record Owner(String site, String device) {}

    /**
     * A monitor that said what another site's monitor had said.
     *
     * @param ts the monitor's time of it, epoch ms
     * @param shiftMs by how much later it says the same
     * @param pair the same at both, so that who sees both sites knows that they belong together
     */
    public record Copy(String site, String device, String otherSite, String other, long ts, long shiftMs, String pair) {}

    private final Map<Long, Owner> index = new HashMap<>();

    /** Nothing is known; every site is to be told of anew. */
    public void clear() {
        index.clear();
    }

    /** What a site keeps, after its state was read again. */
    public void known(String site, SiteDoubts doubts) {
        doubts.copies().forEachKept((device, hash) -> index.putIfAbsent(hash, new Owner(site, device)));
    }

    /** Compares what is new of a site with what all others keep; what is nobody's is kept as its own. */
    public List<Copy> look(String site, SiteDoubts doubts, Function<String, Optional<SiteDoubts>> sites) {
        List<Copy> found = new ArrayList<>(0);
        for (CopyWatch.Print print : doubts.copies().fresh()) {
            Owner owner = index.get(print.hash());
            OptionalLong theirs = owner == null
                    ? OptionalLong.empty()
                    : sites.apply(owner.site()).map(d -> d.copies().kept(owner.device(), print.hash())).orElse(OptionalLong.empty());
            if (theirs.isEmpty()) {
                keep(site, doubts, print);
            } else if (!owner.site().equals(site) && Math.abs(print.ts() - theirs.getAsLong()) <= CopyWatch.SHIFT_MAX_MS) {
                long shift = print.ts() - theirs.getAsLong();
                if (doubts.copies().isAgain(print, owner.site() + "/" + owner.device(), shift)) {
                    found.add(new Copy(site, print.device(), owner.site(), owner.device(), print.ts(), shift,
                            String.format("%016x", print.hash())));
                }
            }
        }
        doubts.copies().fresh().clear();
        return found;
    }

    private void keep(String site, SiteDoubts doubts, CopyWatch.Print print) {
        Owner own = new Owner(site, print.device());
        long gone = doubts.copies().keep(print);
        if (gone != 0) {
            index.remove(gone, own);
        }
        index.put(print.hash(), own);
    }
}
