package dustwarden.series;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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

    private final InfluxWriter writer;
    private final InfluxBook book;
    private final InstantSource clock;
    private final InfluxLines lines = new InfluxLines();
    private final List<String> pending = new ArrayList<>(LINES_MAX);
    private int pendingChars;
    private boolean prepared;
    private Optional<Duration> retention = Optional.empty();
    private Cursor cursor;

    InfluxView(Path directory, InfluxTarget target, InstantSource clock, Duration timeout) {
        this.clock = clock;
        this.book = new InfluxBook(directory, target);
        this.cursor = book.cursor();
        this.writer = new InfluxWriter(target, timeout);
    }

    /** A view with its cursor in a data directory; does not yet speak to the server. */
    public static InfluxView open(Path directory, InfluxTarget target) {
        return new InfluxView(directory, target, InstantSource.system(), TIMEOUT);
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
            long oldest = retention.map(kept -> clock.millis() - kept.toMillis()).orElse(Long.MIN_VALUE);
            lines.make(batch, line -> add(line, oldest));
            flush();
            move(batch.next());
            lines.taken();
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
        move(batch.next());
    }

    /** What was put aside, as far as it is kept. */
    List<InfluxBook.Refusal> refusals() {
        return book.refusals();
    }

    private void prepare() {
        if (!prepared) {
            retention = writer.prepare();
            prepared = true;
        }
    }

    private void move(Cursor to) {
        book.move(to);
        cursor = to;
    }

    private void add(InfluxLine line, long oldest) {
        if (line.at() < oldest) {
            return;
        }
        pending.add(line.text());
        pendingChars += line.text().length();
        if (pending.size() == LINES_MAX || pendingChars > CHARS_MAX) {
            flush();
        }
    }

    private void flush() {
        if (!pending.isEmpty()) {
            write(pending);
        }
        clear();
    }

    private void clear() {
        pending.clear();
        pendingChars = 0;
    }

    /** Halves what is refused until the culprit stands alone. */
    private void write(List<String> part) {
        try {
            writer.write(part);
        } catch (InfluxWriter.Refused e) {
            if (part.size() == 1) {
                LOG.atError().addKeyValue("view", name()).addKeyValue("reason", e.getMessage()).log("a point is put aside");
                book.refuse(part.get(0), e.getMessage());
                return;
            }
            int half = part.size() / 2;
            write(part.subList(0, half));
            write(part.subList(half, part.size()));
        }
    }

    /** Gives up the request in hand, from any thread, so that a server that hangs delays no stop; the journal keeps the rest. */
    public void abandon() {
        writer.abandon();
    }

    @Override
    public void close() {
        writer.close();
        book.close();
    }
}
