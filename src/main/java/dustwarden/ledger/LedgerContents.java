package dustwarden.ledger;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Entry.ContentRef;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The content that entries refer to by its hashes, read once for all who ask, from any thread.
 *
 * <p>The newest few are kept: the core, the views and the pages mostly ask for the same.
 */
public final class LedgerContents implements Function<List<ContentRef>, Content> {
    private static final int KEPT = 3;

    private final ContentReader reader;
    private final Map<List<ContentRef>, Content> kept = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<ContentRef>, Content> eldest) {
            return size() > KEPT;
        }
    };

    public LedgerContents(LedgerReading ledger) {
        this.reader = new ContentReader(sha256 -> ledger.content(sha256)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("the ledger lacks the content " + sha256)));
    }

    /** Tells what refers to content that was read already. */
    public synchronized void known(List<ContentRef> refs, Content content) {
        kept.put(List.copyOf(refs), content);
    }

    @Override
    public synchronized Content apply(List<ContentRef> refs) {
        Content known = kept.get(refs);
        if (known == null) {
            known = reader.apply(refs);
            kept.put(List.copyOf(refs), known);
        }
        return known;
    }
}
