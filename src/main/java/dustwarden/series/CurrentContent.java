package dustwarden.series;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Entry;
import dustwarden.intake.EntryListener;
import dustwarden.ledger.LedgerReading;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The content in force now, as the newest entry of the journal that names any says. */
public final class CurrentContent implements EntryListener {
    private final ContentReader contents;
    private volatile Content content;

    /** @param first in force until the journal says otherwise */
    public CurrentContent(LedgerReading ledger, Content first) {
        this.contents = new ContentReader(
                sha256 -> new String(ledger.content(sha256).orElseThrow(), StandardCharsets.UTF_8));
        this.content = first;
    }

    public Content get() {
        return content;
    }

    @Override
    public void committed(long firstOffset, List<Entry> entries) {
        for (Entry entry : entries) {
            // The content of a start is what the first was made of.
            if (entry instanceof Entry.Changed changed) {
                content = contents.apply(changed.contents());
            }
        }
    }
}
