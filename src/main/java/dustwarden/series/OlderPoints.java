package dustwarden.series;

import dustwarden.core.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Points of the embedded store, and before it began those of an archive too, for one question.
 *
 * <p>An archive that does not answer is asked no more in this question: what the store has is answered, with the reason why it may
 * not be all.
 */
public final class OlderPoints implements PointSource {
    /** What keeps points for longer than the embedded store; from any thread. */
    public interface Archive {
        /** @throws View.Unavailable it does not answer, or has to rest */
        PointSource of(String site);
    }

    private final EmbeddedPoints store;
    /** The store has all from here on. */
    private final long begin;
    private Optional<PointSource> archive = Optional.empty();
    /** Devices of which the archive has readings. */
    private Set<String> archived = Set.of();
    private Optional<String> trouble = Optional.empty();

    /** @param asked nothing before it is wanted */
    OlderPoints(EmbeddedPoints store, Archive archive, long asked) {
        this.store = store;
        this.begin = store.begin().orElse(Long.MAX_VALUE);
        if (asked < begin) {
            PointSource older = archive.of(store.site().id());
            this.archive = Optional.of(older);
            this.archived = guarded(() -> Set.copyOf(older.devices()), Set.of());
        }
    }

    /** Why there may be more than was answered. */
    Optional<String> trouble() {
        return trouble;
    }

    private <T> T guarded(Supplier<T> question, T otherwise) {
        if (trouble.isPresent()) {
            return otherwise;
        }
        try {
            return question.get();
        } catch (View.Unavailable e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    /** What the archive has of a stretch, and over it what the store has, by time. */
    private <T> List<T> both(
            long from, long to, int atMost, ToLongFunction<T> time, List<T> own, BiFunction<PointSource, Long, List<T>> question) {
        if (archive.isEmpty() || from >= begin) {
            return own;
        }
        TreeMap<Long, T> all = new TreeMap<>();
        guarded(() -> question.apply(archive.get(), Math.min(begin, to)), List.<T>of())
                .forEach(one -> all.put(time.applyAsLong(one), one));
        own.forEach(one -> all.put(time.applyAsLong(one), one));
        return all.values().stream().limit(atMost).toList();
    }

    @Override
    public List<String> devices() {
        TreeSet<String> all = new TreeSet<>(store.devices());
        all.addAll(archived);
        return List.copyOf(all);
    }

    @Override
    public List<StoredReadings.Value> values(String device, Quantity quantity, long from, long to, int atMost) {
        List<StoredReadings.Value> own = store.values(device, quantity, from, to, atMost);
        return !archived.contains(device) ? own : both(from, to, atMost, StoredReadings.Value::ts, own,
                (a, end) -> a.values(device, quantity, from, end, atMost));
    }

    @Override
    public Optional<Span> decided(String device, Quantity quantity, long periodMs) {
        Optional<Span> own = store.decided(device, quantity, periodMs);
        if (!archived.contains(device)) {
            return own;
        }
        Optional<Span> before = guarded(() -> archive.get().decided(device, quantity, periodMs), Optional.empty());
        if (own.isEmpty() || before.isEmpty()) {
            return own.or(() -> before);
        }
        return Optional.of(new Span(
                Math.min(own.get().first(), before.get().first()), Math.max(own.get().last(), before.get().last())));
    }

    @Override
    public List<Mean> means(String device, Quantity quantity, long periodMs, long from, long to, int atMost) {
        List<Mean> own = store.means(device, quantity, periodMs, from, to, atMost);
        return !archived.contains(device) ? own : both(from, to, atMost, Mean::start, own,
                (a, end) -> a.means(device, quantity, periodMs, from, end, atMost));
    }

    @Override
    public List<Background> background(Quantity quantity, long from, long to, int atMost) {
        return both(from, to, atMost, Background::start, store.background(quantity, from, to, atMost),
                (a, end) -> a.background(quantity, from, end, atMost));
    }
}
