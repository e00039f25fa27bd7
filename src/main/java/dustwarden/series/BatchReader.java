package dustwarden.series;

import dustwarden.core.Births;
import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Entry;
import dustwarden.core.Taken;
import dustwarden.core.decode.Aliases;
import dustwarden.core.model.Register;
import dustwarden.core.model.Register.DeviceKey;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/** Cuts the two logs into batches for one view: entries in order, with all that was decided at them. */
final class BatchReader {
    private static final int DECISIONS_PAGE = 1000;
    private static final Content NONE = new Content(new Register(List.of()), Map.of(), ContentReader.ZONE);

    private final RecentLog log;
    private final BiConsumer<Long, RuntimeException> undecodable;
    private final LongConsumer unnamed;
    private Content content = NONE;
    private OptionalLong contentAt = OptionalLong.empty();
    private List<Entry.ContentRef> contentRefs = List.of();
    private final Map<DeviceKey, Aliases> aliases = new HashMap<>();
    private final Births births = new Births(key -> aliases.computeIfAbsent(key, k -> new Aliases()));

    /**
     * @param undecodable told of an entry that could not be read again; it has then no observations
     * @param unnamed told of an entry with metrics by aliases that no birth names which was read here; they are left out
     */
    BatchReader(RecentLog log, BiConsumer<Long, RuntimeException> undecodable, LongConsumer unnamed) {
        this.log = log;
        this.undecodable = undecodable;
        this.unnamed = unnamed;
    }

    /** The next batch after a cursor; empty where nothing is there whose decisions are stored. */
    Optional<LogBatch> next(Cursor from, int entriesMax) {
        resume(from);
        long applied = log.ledger().position().applied();
        if (from.entry() >= applied) {
            return Optional.empty();
        }
        int wanted = (int) Math.min(entriesMax, applied - from.entry());
        List<RecentLog.Known> entries = log.entries(from.entry(), wanted);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        long end = entries.get(entries.size() - 1).entry().offset() + 1;
        List<LogBatch.Decided> decisions = decisions(from.decision(), end);
        Map<Long, Set<Integer>> refused = entries.stream().allMatch(e -> e.taken().isPresent())
                ? Map.of()
                : refused(decisions);
        List<LogBatch.Step> steps = new ArrayList<>(entries.size());
        for (RecentLog.Known known : entries) {
            StoredEntry entry = known.entry();
            use(entry);
            if (entry.entry() instanceof Entry.Message message) {
                births.hear(content.makers(), message);
            }
            List<Taken> taken = known.taken()
                    .orElseGet(() -> taken(entry, refused.getOrDefault(entry.offset(), Set.of())));
            steps.add(new LogBatch.Step(entry, taken, content));
        }
        return Optional.of(new LogBatch(steps, decisions, new Cursor(end, from.decision() + decisions.size(), contentAt)));
    }

    private List<LogBatch.Decided> decisions(long from, long endOffset) {
        List<LogBatch.Decided> found = new ArrayList<>();
        long next = from;
        while (true) {
            List<StoredDecision> page = log.decisions(next, DECISIONS_PAGE);
            for (StoredDecision decision : page) {
                if (decision.offset() >= endOffset) {
                    return found;
                }
                found.add(new LogBatch.Decided(decision));
                next = decision.number() + 1;
            }
            if (page.isEmpty()) {
                return found;
            }
        }
    }

    private static Map<Long, Set<Integer>> refused(List<LogBatch.Decided> decisions) {
        Map<Long, Set<Integer>> found = new HashMap<>();
        for (LogBatch.Decided decision : decisions) {
            if (decision.is("rejection")) {
                int element = decision.json().path("element").asInt(Taken.ALL);
                found.computeIfAbsent(decision.stored().offset(), k -> new HashSet<>()).add(element);
            }
        }
        return found;
    }

    private List<Taken> taken(StoredEntry entry, Set<Integer> refused) {
        try {
            if (entry.entry() instanceof Entry.Message message && births.isShort(content.makers(), message)) {
                // Its birth came before this process read anything: what has a name is taken, the rest is counted as missed.
                unnamed.accept(entry.offset());
            }
            return Taken.from(entry.entry(), content, births, refused);
        } catch (RuntimeException e) {
            undecodable.accept(entry.offset(), e);
            return List.of();
        }
    }

    private void resume(Cursor from) {
        if (!from.content().equals(contentAt)) {
            content = NONE;
            contentAt = OptionalLong.empty();
            contentRefs = List.of();
            from.content().ifPresent(offset -> use(log.ledger()
                    .entry(offset)
                    .orElseThrow(() -> new IllegalStateException("no entry " + offset + " that put content in force"))));
        }
    }

    private void use(StoredEntry entry) {
        List<Entry.ContentRef> refs = entry.entry() instanceof Entry.Resumed r
                ? r.contents()
                : entry.entry() instanceof Entry.Changed c ? c.contents() : List.of();
        if (entry.entry() instanceof Entry.Resumed || entry.entry() instanceof Entry.Changed) {
            if (!refs.equals(contentRefs)) {
                content = log.contents().apply(refs);
                contentRefs = refs;
            }
            contentAt = OptionalLong.of(entry.offset());
        }
    }
}
