package dustwarden.intake;

import dustwarden.core.Taken;
import java.util.List;
import java.util.Optional;

/** Told, on the journal's thread, what the core took from entries, before their decisions are committed. */
@FunctionalInterface
public interface TakenListener {
    /**
     * @param firstOffset of the first of the entries, which follow each other
     * @param taken one for each entry; empty where the core does not tell
     */
    void stepped(long firstOffset, List<Optional<List<Taken>>> taken);
}
