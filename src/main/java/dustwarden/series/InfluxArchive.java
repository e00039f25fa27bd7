package dustwarden.series;

import dustwarden.core.model.Quantity;
import dustwarden.series.Schema.Measurement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Points that an InfluxDB keeps for longer than the embedded store, asked in InfluxQL. Values that were not flagged normal are not
 * among them.
 *
 * <p>A server that does not answer rests for a while, and few questions are asked at once, so that it holds up nobody else's.
 */
public final class InfluxArchive implements OlderPoints.Archive, AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long REST_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int AT_ONCE_MAX = 2;
    private static final int PAGE = 10_000;

    private final InfluxTarget target;
    private final InfluxReader reader;
    private final Semaphore free = new Semaphore(AT_ONCE_MAX);
    private final AtomicLong restsFrom = new AtomicLong(System.nanoTime() - REST_NANOS);

    private InfluxArchive(InfluxTarget target, Duration timeout) {
        this.target = target;
        this.reader = new InfluxReader(target, timeout);
    }

    /** Does not speak to the server yet. */
    public static InfluxArchive open(InfluxTarget target) {
        return new InfluxArchive(target, TIMEOUT);
    }

    @Override
    public PointSource of(String site) {
        return new Points(site);
    }

    private <T> List<T> ask(Measurement measurement, String query, Function<InfluxReader.Row, T> row) {
        if (System.nanoTime() - restsFrom.get() < REST_NANOS) {
            throw new View.Unavailable("InfluxDB 暂不可用: " + target + " did not answer a moment ago", new IllegalStateException("resting"));
        }
        if (!free.tryAcquire()) {
            throw new View.Unavailable("InfluxDB 查询过多: too many ask " + target + " at once", new IllegalStateException("busy"));
        }
        try {
            String bucket = target.split() ? measurement.part().bucket(target.bucket()) : target.bucket();
            return reader.query(bucket, query, row);
        } catch (View.Unavailable e) {
            restsFrom.set(System.nanoTime());
            throw e;
        } finally {
            free.release();
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Of one site. */
    private final class Points implements PointSource {
        private final String site;

        Points(String site) {
            this.site = site;
        }

        @Override
        public List<String> devices() {
            return ask(Measurement.READING,
                    "SHOW TAG VALUES FROM \"reading\" WITH KEY = \"device\" WHERE \"site\" = " + quoted(site),
                    row -> row.text("value").orElseThrow());
        }

        @Override
        public List<StoredReadings.Value> values(String device, Quantity quantity, long from, long to, int atMost) {
            return ask(Measurement.READING,
                    "SELECT \"" + quantity.wire() + "\" AS \"value\" FROM \"reading\" WHERE " + at(device) + during(from, to)
                            + " LIMIT " + atMost,
                    row -> new StoredReadings.Value(row.time(), row.real("value").orElseThrow(), 'N'));
        }

        @Override
        public Optional<Span> decided(String device, Quantity quantity, long periodMs) {
            String where = " FROM \"mean\" WHERE " + means(device, quantity, periodMs);
            Optional<Long> first = ask(Measurement.MEAN, "SELECT first(\"capture\")" + where, InfluxReader.Row::time).stream().findFirst();
            Optional<Long> last = ask(Measurement.MEAN, "SELECT last(\"capture\")" + where, InfluxReader.Row::time).stream().findFirst();
            return first.isPresent() && last.isPresent() ? Optional.of(new Span(first.get(), last.get())) : Optional.empty();
        }

        /** A window that was decided anew has several points in its millisecond, of which the last holds. */
        @Override
        public List<Mean> means(String device, Quantity quantity, long periodMs, long from, long to, int atMost) {
            TreeMap<Long, Optional<Mean>> found = new TreeMap<>();
            long next = from;
            boolean more = from < to;
            while (more) {
                List<Optional<Mean>> before = List.copyOf(found.values());
                int rows = page(found, "SELECT \"mean\", \"capture\" FROM \"mean\" WHERE " + means(device, quantity, periodMs)
                        + during(next, to) + " LIMIT " + PAGE);
                long known = found.values().stream().filter(Optional::isPresent).count();
                more = rows == PAGE && known <= atMost && !before.equals(List.copyOf(found.values()));
                next = found.isEmpty() ? to : found.lastKey();
            }
            return found.values().stream().flatMap(Optional::stream).limit(atMost).toList();
        }

        private int page(TreeMap<Long, Optional<Mean>> into, String query) {
            return ask(Measurement.MEAN, query, row -> {
                        Optional<Mean> mean = row.real("mean")
                                .map(value -> new Mean(row.time(), value, row.real("capture").orElse(0.0)));
                        return into.put(row.time(), mean) == null;
                    })
                    .size();
        }

        @Override
        public List<Background> background(Quantity quantity, long from, long to, int atMost) {
            return ask(Measurement.BACKGROUND,
                    "SELECT \"mean\", \"period\" FROM \"background\" WHERE \"site\" = " + quoted(site) + " AND \"quantity\" = "
                            + quoted(quantity.wire()) + during(from, to) + " LIMIT " + atMost,
                    row -> new Background(row.time(), Duration.parse(row.text("period").orElseThrow()).toMillis(),
                            row.real("mean").orElseThrow()));
        }

        private String at(String device) {
            return "\"site\" = " + quoted(site) + " AND \"device\" = " + quoted(device);
        }

        private String means(String device, Quantity quantity, long periodMs) {
            return at(device) + " AND \"quantity\" = " + quoted(quantity.wire()) + " AND \"period\" = "
                    + quoted(Duration.ofMillis(periodMs).toString());
        }
    }

    private static String during(long from, long to) {
        return " AND time >= " + from + "ms AND time < " + to + "ms";
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
