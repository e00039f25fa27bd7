package dustwarden.series;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An InfluxDB 2 bucket as a view: it may be down for days or be emptied, and is filled again from the logs.
 *
 * <p>At most one write's lines are in memory. What a batch wrote before the server failed is written again with it, to the
 * same points. The cursor moves when the server has all of a batch.
 */
public final class InfluxView implements View {
    private static final Logger LOG = LoggerFactory.getLogger(InfluxView.class);
    static final int LINES_MAX = 5_000;
    private static final int CHARS_MAX = 4 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final long SAVE_MS = 60_000;
    private static final long SAVE_ENTRIES = 50_000;

    private final InfluxTarget target;
    private final InfluxWriter writer;
    private final InfluxBook book;
    private final InstantSource clock;
    private final InfluxLines lines;
    private final Map<String, Pending> pending = new HashMap<>();
    private boolean prepared;
    private Map<String, Duration> retentions = Map.of();
    private Cursor cursor;
    private Cursor saved;
    private long savedAt = Long.MIN_VALUE;

    /** Lines of one bucket that wait for a write. */
    private static final class Pending {
        final List<String> lines = new ArrayList<>(LINES_MAX);
        int chars;
        long oldest;

        void clear() {
            lines.clear();
            chars = 0;
        }
    }

    InfluxView(Path directory, InfluxTarget target, InstantSource clock, Duration timeout) {
        this.target = target;
        this.clock = clock;
        this.book = new InfluxBook(directory, target);
        this.cursor = book.cursor();
        this.saved = cursor;
        this.lines = new InfluxLines(book);
        this.writer = new InfluxWriter(target, timeout);
        target.buckets().keySet().forEach(name -> pending.put(name, new Pending()));
    }

    /** A view with its cursor in a data directory; does not yet speak to the server. */
    public static InfluxView open(Path directory, InfluxTarget target) {
        return new InfluxView(directory, target, InstantSource.system(), TIMEOUT);
    }

    /** A view that begins with the first entry, to fill a bucket that was emptied. */
    public static InfluxView anew(Path directory, InfluxTarget target) {
        try (InfluxBook book = new InfluxBook(directory, target)) {
            book.forget();
        }
        return open(directory, target);
    }

    @Override
    public String name() {
        return "influx";
    }

    @Override
    public Cursor cursor() {
        return cursor;
    }

    @Override
    public void apply(LogBatch batch) {
        boolean done = false;
        try {
            prepare();
            clear();
            lines.begin();
            pending.forEach((bucket, p) -> p.oldest = Optional.ofNullable(retentions.get(bucket))
                    .map(kept -> clock.millis() - kept.toMillis())
                    .orElse(Long.MIN_VALUE));
            lines.make(batch, this::add);
            pending.forEach(this::flush);
            lines.taken();
            move(batch.next(), batch.received());
            done = true;
        } finally {
            clear();
            // The server that comes back may be another.
            prepared &= done;
        }
    }

    @Override
    public void quarantine(LogBatch batch, String reason) {
        book.refuse("entry " + batch.steps().get(0).entry().offset(), reason);
        lines.begin();
        lines.taken();
        move(batch.next(), batch.received());
    }

    /** What was put aside, as far as it is kept. */
    List<InfluxBook.Refusal> refusals() {
        return book.refusals();
    }

    /** How much was put aside, as far as it is kept. */
    public long refused() {
        return book.refusals().size();
    }

    private void prepare() {
        if (!prepared) {
            retentions = writer.prepare();
            prepared = true;
        }
    }

    /**
     * Moves on; the cursor is kept with the figures once a minute of the journal's time. What came between is sent again after
     * a crash, to the same points.
     */
    private void move(Cursor to, long received) {
        cursor = to;
        if (savedAt == Long.MIN_VALUE || received - savedAt >= SAVE_MS || to.entry() - saved.entry() >= SAVE_ENTRIES) {
            save();
            savedAt = received;
        }
    }

    private void save() {
        lines.save(cursor);
        saved = cursor;
    }

    private void add(InfluxLine line) {
        for (String bucket : target.buckets(line)) {
            add(line, bucket, pending.get(bucket));
        }
    }

    private void add(InfluxLine line, String bucket, Pending to) {
        if (line.at() < to.oldest) {
            return;
        }
        to.lines.add(line.text());
        to.chars += line.text().length();
        if (to.lines.size() == LINES_MAX || to.chars > CHARS_MAX) {
            flush(bucket, to);
        }
    }

    private void flush(String bucket, Pending part) {
        if (!part.lines.isEmpty()) {
            write(bucket, part.lines);
        }
        part.clear();
    }

    private void clear() {
        pending.values().forEach(Pending::clear);
    }

    /** Halves what is refused until the culprit stands alone. */
    private void write(String bucket, List<String> part) {
        try {
            writer.write(bucket, part);
        } catch (InfluxWriter.Refused e) {
            if (part.size() == 1) {
                LOG.atError().addKeyValue("view", name()).addKeyValue("reason", e.getMessage()).log("a point is put aside");
                book.refuse(part.get(0), e.getMessage());
                return;
            }
            int half = part.size() / 2;
            write(bucket, part.subList(0, half));
            write(bucket, part.subList(half, part.size()));
        }
    }

    /** Gives up the request in hand, from any thread, so that a server that hangs delays no stop; the journal keeps the rest. */
    public void abandon() {
        writer.abandon();
    }

    @Override
    public void close() {
        writer.close();
        try {
            if (!cursor.equals(saved) && !lines.inHand()) {
                save();
            }
        } finally {
            book.close();
        }
    }
}
