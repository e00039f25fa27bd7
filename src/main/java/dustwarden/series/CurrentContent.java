package dustwarden.series;

import dustwarden.core.Content;
import dustwarden.core.Entry;
import dustwarden.intake.EntryListener;
import java.util.List;
import java.util.function.Function;

/** The content in force now, as the newest entry of the journal that names any says. */
public final class CurrentContent implements EntryListener {
    private final Function<List<Entry.ContentRef>, Content> contents;
    private volatile Content content;

    /** @param first in force until the journal says otherwise */
    public CurrentContent(Function<List<Entry.ContentRef>, Content> contents, Content first) {
        this.contents = contents;
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
