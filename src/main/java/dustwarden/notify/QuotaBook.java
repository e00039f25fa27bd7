package dustwarden.notify;

import java.util.ArrayList;
import java.util.List;

/**
 * Says when a channel's next message may go, by those that went.
 *
 * <p>A message counts from the end of its attempt, when it surely had arrived, so that no 60 s of the other side's clock hold
 * more than the quota. The first half of a minute's messages go at once, the rest are spaced: whoever waits then waits some
 * seconds and not most of a minute.
 */
final class QuotaBook {
    static final long MINUTE_MS = 60_000;
    private static final long SECOND_MS = 1_000;

    private final Quota quota;
    private final List<Long> used = new ArrayList<>();
    private long month;

    /**
     * @param used when the messages of the last minute went, oldest first
     * @param month how many went this month
     */
    QuotaBook(Quota quota, List<Long> used, long month) {
        this.quota = quota;
        this.used.addAll(used);
        this.month = month;
    }

    /** The earliest time from now on for one more message; {@code Long.MAX_VALUE} where this month has none left. */
    long freeAt(boolean urgent, long now) {
        if (quota.perMonth().isPresent() && month >= quota.monthLimit(urgent)) {
            return Long.MAX_VALUE;
        }
        if (quota.perMinute().isEmpty()) {
            return now;
        }
        forget(now);
        int limit = quota.limit(urgent);
        long free = now;
        if (used.size() >= limit) {
            free = Math.max(free, used.get(used.size() - limit) + MINUTE_MS);
        }
        int burst = burst(limit, urgent);
        if (!used.isEmpty() && used.size() >= burst) {
            free = Math.max(free, used.get(used.size() - 1) + MINUTE_MS / (limit - burst + 1));
        }
        if (quota.perSecond().isPresent() && used.size() >= quota.perSecond().getAsInt()) {
            free = Math.max(free, used.get(used.size() - quota.perSecond().getAsInt()) + SECOND_MS);
        }
        return free;
    }

    /** How many messages may go at once now. */
    int slots(boolean urgent, long now) {
        if (quota.perMinute().isEmpty()) {
            return Integer.MAX_VALUE;
        }
        if (freeAt(urgent, now) > now) {
            return 0;
        }
        int limit = quota.limit(urgent);
        int slots = Math.max(1, burst(limit, urgent) - used.size());
        // What would take longer than two seconds one by one is better told together at once.
        return quota.perSecond().isPresent() ? Math.min(slots, 2 * quota.perSecond().getAsInt()) : slots;
    }

    // Low priority waits for a free message in the second half of its share, high priority only for the last two.
    private static int burst(int limit, boolean urgent) {
        return Math.max(1, urgent ? limit - 2 : limit / 2);
    }

    void took(long now) {
        month++;
        if (quota.perMinute().isPresent()) {
            used.add(now);
        }
    }

    /** The newest attempt has ended. */
    void ended(long now) {
        if (!used.isEmpty()) {
            used.set(used.size() - 1, Math.max(now, used.get(used.size() - 1)));
        }
    }

    void monthBegan() {
        month = 0;
    }

    private void forget(long now) {
        // A clock that was set back must not stop the channel for as long as it was ahead.
        used.replaceAll(at -> Math.min(at, now));
        used.removeIf(at -> at <= now - MINUTE_MS);
    }
}
