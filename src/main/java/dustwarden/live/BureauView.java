package dustwarden.live;

import dustwarden.core.Taken;
import dustwarden.core.model.Observation;
import dustwarden.series.Cursor;
import dustwarden.series.LogBatch;
import dustwarden.series.View;
import dustwarden.series.ViewDb;
import java.time.Instant;
import java.time.InstantSource;

/** Reads the logs for one bureau: each reading becomes a frame to be sent, and so do its minutes and hours. */
final class BureauView implements View {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    private final BureauTarget target;
    private final BureauStore store;
    private final BureauFrames frames;
    private final BureauSpans spans;
    private final InstantSource clock;
    private final Runnable added;
    private Cursor cursor;

    /** @param added told when there may be more to send */
    BureauView(BureauTarget target, BureauStore store, Cursor end, InstantSource clock, Runnable added) {
        this.target = target;
        this.store = store;
        this.frames = new BureauFrames(target);
        this.spans = new BureauSpans(store.db(), target.minutes() * MINUTE_MS, HOUR_MS);
        this.clock = clock;
        this.added = added;
        this.cursor = store.cursor(end);
    }

    @Override
    public String name() {
        return "forward-" + target.key();
    }

    @Override
    public Cursor cursor() {
        return cursor;
    }

    @Override
    public void apply(LogBatch batch) {
        try {
            store.apply(() -> batch.steps().forEach(this::take), batch.next());
        } catch (ViewDb.Failed e) {
            throw new Unavailable("the file of " + name() + " cannot be written: " + e.getMessage(), e);
        }
        cursor = batch.next();
        added.run();
    }

    private void take(LogBatch.Step step) {
        for (Taken taken : step.taken()) {
            if (taken.observation() instanceof Observation.Reading reading
                    && reading.site().equals(target.site())
                    && reading.device().equals(target.device())) {
                String day = day(reading.ts());
                store.judged(day);
                due(BureauFrames.REALTIME, day, frames.realtime(reading.ts(), reading.values()));
                spans.add(reading, step.received());
            }
        }
        spans.ended(step.received()).forEach(ended -> {
            String cn = ended.periodMs() == HOUR_MS ? BureauFrames.HOUR : BureauFrames.MINUTE;
            String cp = frames.spans(ended.start(), ended.spans());
            due(cn, day(ended.start()), cp);
            store.keep(cn, ended.start(), day(ended.start()), cp);
        });
    }

    private void due(String cn, String day, String cp) {
        store.due(frames.qn(store.nextQn(clock.millis())), cn, day, cp);
    }

    private String day(long ts) {
        return Instant.ofEpochMilli(ts).atZone(target.zone()).toLocalDate().toString();
    }

    @Override
    public void quarantine(LogBatch batch, String reason) {
        store.apply(() -> { }, batch.next());
        cursor = batch.next();
    }

    @Override
    public void close() {
        store.close();
    }
}
