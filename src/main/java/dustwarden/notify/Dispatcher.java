package dustwarden.notify;

import dustwarden.core.model.CanonicalJson;
import dustwarden.notify.Channel.Answer;
import dustwarden.notify.Channel.Reply;
import dustwarden.notify.NoticeStore.Attempt;
import dustwarden.notify.NoticeStore.End;
import dustwarden.notify.NoticeStore.Health;
import dustwarden.notify.NoticeStore.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Decides what goes out on a channel next and what follows from each answer; guarded by itself.
 *
 * <p>Tries again only after what may pass: too much at once, trouble of the other side, no answer. What another channel of the
 * receiver can bring does not wait for that.
 */
final class Dispatcher {
    private static final Duration[] BACKOFF = {
        Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(16), Duration.ofSeconds(65)
    };
    private static final long PROBE_MS = 65_000;
    private static final int TRIES_BEFORE_DETOUR = 3;
    private static final int FAILURES_BEFORE_DEAD = 5;
    private static final long GIVE_UP_MS = Duration.ofMinutes(30).toMillis();
    private static final int WAITING_MAX = 20_000;
    private static final int DETOUR_PAGE = 500;

    /** A message to send. */
    record Job(String channel, String parcel, List<Row> rows, boolean repeat) {}

    /** How a channel does at present. */
    private static final class State {
        final QuotaBook book;
        String month;
        int failures;
        long pausedUntil;
        /** Whether what has another way takes it while the pause lasts. */
        boolean detours;
        String why = "";
        long detouredTo;

        State(QuotaBook book, String month) {
            this.book = book;
            this.month = month;
        }

        void pause(long until, boolean detour, String reason) {
            pausedUntil = until;
            detours = detour;
            why = reason;
            detouredTo = 0;
        }
    }

    private final NoticeStore store;
    private final Map<String, Way> ways;
    private final Receivers receivers;
    private final ZoneId zone;
    private final InstantSource clock;
    private final Detours detours;
    private final ChannelWatch watch;
    private final Map<String, State> states = new HashMap<>();

    Dispatcher(NoticeStore store, Map<String, Way> ways, Receivers receivers, ZoneId zone, InstantSource clock,
            Predicate<String> journal) {
        this.store = store;
        this.ways = ways;
        this.receivers = receivers;
        this.zone = zone;
        this.clock = clock;
        this.detours = new Detours(store, ways, receivers);
        this.watch = new ChannelWatch(store, ways, journal);
        ways.forEach((name, way) -> states.put(name, state(name, way)));
    }

    private State state(String name, Way way) {
        long now = clock.millis();
        String month = month(now);
        State state = new State(
                new QuotaBook(way.quota(), store.used(name, now - QuotaBook.MINUTE_MS), store.usedIn(name, month)), month);
        Health health = store.health(name);
        state.pause(health.pausedUntil(), true, health.answer());
        return state;
    }

    private String month(long now) {
        return YearMonth.from(Instant.ofEpochMilli(now).atZone(zone)).toString();
    }

    Detours detours() {
        return detours;
    }

    /** The next message of a channel that may go out now; from here on it counts as perhaps sent. */
    synchronized Optional<Job> next(String channel) {
        long now = clock.millis();
        State state = states.get(channel);
        Way way = ways.get(channel);
        if (!state.month.equals(month(now))) {
            state.month = month(now);
            state.book.monthBegan();
        }
        if (now < state.pausedUntil) {
            if (state.detours) {
                detour(channel, state, now);
            }
            return Optional.empty();
        }
        if (state.book.freeAt(false, now) == Long.MAX_VALUE) {
            usedUp(channel, state.book.freeAt(true, now) == Long.MAX_VALUE, state, now);
        }
        if (state.book.freeAt(false, now) > now && state.book.freeAt(true, now) > now) {
            return Optional.empty();
        }
        return choose(channel, way, state, now).map(job -> begun(way, state, job, now));
    }

    private Optional<Job> choose(String channel, Way way, State state, long now) {
        int urgentSlots = state.book.slots(true, now);
        int slots = state.book.slots(false, now);
        Optional<String> unfinished = store.unfinished(channel, now);
        if (unfinished.isPresent()) {
            List<Row> rows = store.rowsOf(channel, unfinished.get());
            boolean may = slots > 0 || urgentSlots > 0 && rows.stream().anyMatch(r -> r.notice().urgent());
            return may
                    ? Optional.of(new Job(channel, unfinished.get(), rows, rows.stream().anyMatch(Row::repeat)))
                    : Optional.empty();
        }
        boolean single = !way.quota().counts() && !way.people();
        List<Merging.Waiting> waiting = store.waiting(channel, now, single ? 1 : WAITING_MAX).stream()
                .map(w -> new Merging.Waiting(
                        w.key(), w.alarm(), w.transition(), w.offset(), w.site(), receivers.region(w.site()), w.urgent()))
                .toList();
        List<Long> keys = single
                ? waiting.stream().map(Merging.Waiting::key).toList()
                : Merging.next(waiting, urgentSlots, slots);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        List<Row> rows = store.rows(keys);
        String id = rows.size() == 1
                ? rows.get(0).notice().id()
                : CanonicalJson.sha256(rows.stream().map(r -> r.notice().id()).collect(Collectors.joining("|"))).substring(0, 16);
        return Optional.of(new Job(channel, id, rows, false));
    }

    private Job begun(Way way, State state, Job job, long now) {
        store.begin(job.channel(), job.parcel(), job.rows(), way.quota().counts(), state.month, now);
        state.book.took(now);
        // Attempts as they stand with this one.
        List<Row> rows = job.rows().stream()
                .map(r -> new Row(r.key(), r.notice(), job.parcel(), r.repeat(), r.attempts() + 1, r.first() == 0 ? now : r.first()))
                .toList();
        return new Job(job.channel(), job.parcel(), rows, job.repeat());
    }

    private void usedUp(String channel, boolean all, State state, long now) {
        String why = "the month's messages are used up";
        List<Row> page = store.after(channel, state.detouredTo, DETOUR_PAGE);
        while (!page.isEmpty()) {
            state.detouredTo = page.get(page.size() - 1).key();
            List<Row> given = page.stream().filter(r -> all || !r.notice().urgent()).toList();
            detours.fail(detours.fallBack(given, why, now), why, now);
            page = store.after(channel, state.detouredTo, DETOUR_PAGE);
        }
        watch.dead(channel, why, now, now);
    }

    private void detour(String channel, State state, long now) {
        List<Row> page = store.after(channel, state.detouredTo, DETOUR_PAGE);
        if (!page.isEmpty()) {
            state.detouredTo = page.get(page.size() - 1).key();
            detours.fallBack(page, state.why, now);
        }
    }

    /** Takes in how a message went. */
    synchronized void settle(Job job, Reply reply, long latencyMs) {
        long now = clock.millis();
        State state = states.get(job.channel());
        state.book.ended(now);
        Attempt attempt = new Attempt(reply.request(), latencyMs);
        Answer answer = reply.answer();
        if (answer instanceof Answer.Taken) {
            boolean one = job.rows().stream().map(r -> r.notice().alarm() + r.notice().transition()).distinct().count() == 1;
            store.end(job.channel(), job.rows(), End.of(one ? Fate.SENT : Fate.MERGED, answer.text(), attempt), now);
            state.failures = 0;
            state.pausedUntil = 0;
            watch.works(job.channel());
            return;
        }
        if (answer instanceof Answer.NotNow late) {
            notNow(job, state, late, attempt, now);
        } else if (answer instanceof Answer.Throttled throttled) {
            throttled(job, state, throttled, attempt, now);
        } else {
            store.end(job.channel(), List.of(), End.of(Fate.PENDING, "", attempt), now);
            if (answer instanceof Answer.Dead) {
                state.pause(now + PROBE_MS, true, answer.text());
                watch.dead(job.channel(), answer.text(), state.pausedUntil, now);
            }
            giveUp(job.rows(), answer.text(), attempt, now);
        }
    }

    private void notNow(Job job, State state, Answer.NotNow answer, Attempt attempt, long now) {
        int failures = ++state.failures;
        state.pause(now + BACKOFF[Math.min(failures, BACKOFF.length) - 1].toMillis(), false, answer.text());
        boolean tired = job.rows().get(0).attempts() >= TRIES_BEFORE_DETOUR;
        store.note(job.rows(), attempt);
        List<Row> rest = tired ? detours.fallBack(job.rows(), answer.text(), now) : job.rows();
        boolean detoured = rest.size() < job.rows().size();
        if (detoured || failures >= FAILURES_BEFORE_DEAD) {
            state.pause(now + PROBE_MS, true, answer.text());
            watch.dead(job.channel(), answer.text(), state.pausedUntil, now);
        }
        again(job, rest, new End(Fate.PENDING, answer.text(), attempt, state.pausedUntil, true, answer.mayHaveArrived()), now);
    }

    private void throttled(Job job, State state, Answer.Throttled answer, Attempt attempt, long now) {
        long until = now + answer.pause().toMillis();
        state.pause(until, answer.pause().toMillis() > PROBE_MS, answer.text());
        Health health = store.health(job.channel());
        store.health(job.channel(), new Health(until, health.deadSince(), answer.text()));
        again(job, job.rows(), new End(Fate.PENDING, answer.text(), attempt, until, false, false), now);
        if (state.detours) {
            detour(job.channel(), state, now);
        }
    }

    private void again(Job job, List<Row> rows, End end, long now) {
        List<Row> old = rows.stream().filter(r -> now - r.first() > GIVE_UP_MS).toList();
        List<Row> rest = rows.stream().filter(r -> now - r.first() <= GIVE_UP_MS).toList();
        store.end(job.channel(), rest, end, now);
        giveUp(old, end.answer(), end.attempt(), now);
    }

    private void giveUp(List<Row> rows, String why, Attempt attempt, long now) {
        store.note(rows, attempt);
        detours.fail(detours.fallBack(rows, why, now), why, now);
    }

    /** Tells the journal which channels are dead and which no longer. */
    synchronized void report() {
        watch.report(clock.millis());
    }

    /** When to look again though nothing new falls due; {@code Long.MAX_VALUE} where nothing waits. */
    synchronized long lookAt() {
        return store.nextDue().orElse(Long.MAX_VALUE);
    }
}
