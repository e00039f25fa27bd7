package dustwarden.series;

import dustwarden.core.model.Quantity;
import dustwarden.core.model.Site;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Points of the embedded store; no connection is held between two questions. */
record EmbeddedPoints(SeriesStore store, Site site) implements PointSource {
    /** Beyond it a report is late, as judging sees it. */
    private static final long LATE_MS = 600_000;
    private static final String ID = "(SELECT id FROM device WHERE site = ? AND device = ?)";

    @Override
    public List<String> devices() {
        return store.read(db -> db.query("SELECT device FROM device WHERE site = ? ORDER BY device", r -> r.text(0), site.id()));
    }

    /**
     * From when on the store has all that the site's devices said: the first reading that was not late. Empty where it has none.
     */
    OptionalLong begin() {
        return store.readReadings(readings -> readings.db()
                .query("SELECT id FROM device WHERE site = ?", r -> r.number(0), site.id())
                .stream()
                .flatMapToLong(id -> readings.first(id, LATE_MS).stream())
                .min());
    }

    @Override
    public List<StoredReadings.Value> values(String device, Quantity quantity, long from, long to, int atMost) {
        return store.readReadings(readings -> id(readings.db(), device)
                .map(id -> readings.values(id, quantity, from, to, atMost))
                .orElseGet(List::of));
    }

    private Optional<Long> id(ViewDb db, String device) {
        return db.first("SELECT id FROM device WHERE site = ? AND device = ?", r -> r.number(0), site.id(), device);
    }

    @Override
    public Optional<Span> decided(String device, Quantity quantity, long periodMs) {
        return store.read(db -> db.first(
                        "SELECT min(start), max(start) FROM mean WHERE device = " + ID + " AND quantity = ? AND period = ?",
                        r -> r.maybeNumber(0).isPresent()
                                ? Optional.of(new Span(r.number(0), r.number(1)))
                                : Optional.<Span>empty(),
                        site.id(), device, quantity.wire(), periodMs)
                .flatMap(span -> span));
    }

    @Override
    public List<Mean> means(String device, Quantity quantity, long periodMs, long from, long to, int atMost) {
        return store.read(db -> db.query(
                "SELECT start, mean, capture FROM mean WHERE device = " + ID + " AND quantity = ? AND period = ? "
                        + "AND start >= ? AND start < ? AND mean IS NOT NULL ORDER BY start LIMIT ?",
                r -> new Mean(r.number(0), r.maybeReal(1).orElseThrow(), r.maybeReal(2).orElse(0)),
                site.id(), device, quantity.wire(), periodMs, from, to, atMost));
    }

    /** Those of the nearest region that published any. */
    @Override
    public List<Background> background(Quantity quantity, long from, long to, int atMost) {
        String[] nodes = site.region().split("/");
        for (int i = nodes.length - 1; i >= 0; i--) {
            String node = nodes[i];
            List<Background> found = store.read(db -> db.query(
                    "SELECT start, period, mean FROM background WHERE node = ? AND quantity = ? AND start >= ? AND start < ? "
                            + "ORDER BY start LIMIT ?",
                    r -> new Background(r.number(0), r.number(1), r.maybeReal(2).orElseThrow()),
                    node, quantity.wire(), from, to, atMost));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }
}
