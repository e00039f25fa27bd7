package dustwarden.intake;

import dustwarden.core.Entry;
import java.util.List;

/** Told of entries once they are on disk, on the journal's thread; must not block. */
@FunctionalInterface
public interface EntryListener {
    void committed(long firstOffset, List<Entry> entries);
}
