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
 * <p>At most two writes' lines a bucket are in memory: one under way, one being made. The cursor moves when the server has all of a
 * batch; figures in hand are kept with it from time to time. When anything fails the view goes back to what was kept and writes the
 * same points again, for the figures must be those of the cursor.
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
    private final InfluxSender sender;
    private final InfluxBook book;
    private final InstantSource clock;
    private final InfluxLines lines;
    private final Map<String, Pending> pending = new HashMap<>();
    private boolean prepared;
    private Map<String, Duration> retentions = Map.of();
    /** All lines up to here are handed to the sender. */
    private Cursor made;
    /** The server has all lines up to here. */
    private Cursor cursor;
    private Cursor saved;
    private long savedAt = Long.MIN_VALUE;
    /** Up to this entry each batch is waited for and kept alone, since something failed in it. */
    private long carefulTo = Long.MIN_VALUE;

    /** Lines of one bucket that wait for a write. */
    private static final class Pending {
        List<String> lines = new ArrayList<>(LINES_MAX);
        int chars;
        long oldest;

        List<String> take() {
            List<String> taken = lines;
            lines = new ArrayList<>(LINES_MAX);
            chars = 0;
            return taken;
        }
    }

    InfluxView(Path directory, InfluxTarget target, InstantSource clock, Duration timeout) {
        this.target = target;
        this.clock = clock;
        this.book = new InfluxBook(directory, target);
        this.cursor = book.cursor();
        this.saved = cursor;
        this.made = cursor;
        this.lines = new InfluxLines(book);
        this.writer = new InfluxWriter(target, timeout);
        this.sender = new InfluxSender(writer);
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
        guarded(batch.next(), () -> {
            prepare();
            pending.forEach((bucket, p) -> p.oldest = Optional.ofNullable(retentions.get(bucket))
                    .map(kept -> clock.millis() - kept.toMillis())
                    .orElse(Long.MIN_VALUE));
            lines.make(batch, this::add);
            pending.forEach(this::flush);
            made = batch.next();
            if (due()) {
                stored(sender.settle());
                save();
            }
        });
    }

    @Override
    public void settle() {
        guarded(made, () -> stored(sender.settle()));
    }

    /** Does what either is done as a whole or takes the view back to what was kept. */
    private void guarded(Cursor to, Runnable work) {
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            if (!done) {
                back(to);
            }
        }
    }

    private void back(Cursor failed) {
        carefulTo = Math.max(carefulTo, Math.max(failed.entry(), made.entry()));
        try {
            sender.settle();
        } catch (RuntimeException e) {
            // It is written again with what failed first.
            LOG.atDebug().setCause(e).log("the write under way failed too");
        }
        pending.values().forEach(Pending::take);
        lines.back();
        made = saved;
        cursor = saved;
        // The server that comes back may be another.
        prepared = false;
    }

    /** Figures are kept once a minute, and often enough that little is written again after a failure. */
    private boolean due() {
        return savedAt == Long.MIN_VALUE
                || clock.millis() - savedAt >= SAVE_MS
                || made.entry() - saved.entry() >= SAVE_ENTRIES
                || saved.entry() < carefulTo;
    }

    @Override
    public void quarantine(LogBatch batch, String reason) {
        book.refuse("entry " + batch.steps().get(0).entry().offset(), reason);
        made = batch.next();
        cursor = made;
        save();
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

    private void save() {
        lines.save(cursor);
        saved = cursor;
        savedAt = clock.millis();
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
            stored(sender.send(bucket, part.take()));
        }
    }

    /** All that was handed to the sender before is stored, but for what the server will never take. */
    private void stored(List<InfluxBook.Refusal> refused) {
        for (InfluxBook.Refusal one : refused) {
            LOG.atError().addKeyValue("view", name()).addKeyValue("reason", one.reason()).log("a point is put aside");
            book.refuse(one.text(), one.reason());
        }
        cursor = made;
    }

    /** Gives up the request in hand, from any thread, so that a server that hangs delays no stop; the journal keeps the rest. */
    public void abandon() {
        writer.abandon();
    }

    @Override
    public void close() {
        try {
            settle();
            if (!cursor.equals(saved)) {
                save();
            }
        } catch (Unavailable e) {
            LOG.atDebug().setCause(e).log("what was under way is written again at the next start");
        } finally {
            sender.close();
            writer.close();
            book.close();
        }
    }
}
