package dustwarden.notify;

import dustwarden.core.Content;
import dustwarden.core.Decision;
import dustwarden.core.model.CanonicalJson;
import dustwarden.notify.Channel.Answer;
import dustwarden.series.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Tells nobody, and finds out which messages would have gone: the quotas and merging of the real thing on a clock of its own. */
public final class Rehearsal implements AutoCloseable {
    private static final long STEP_MS = 1_000;

    /**
     * A message that would have gone.
     *
     * @param at epoch ms
     * @param receivers whom a notice in it is for
     */
    public record Message(String channel, long at, Set<String> receivers, int notices) {}

    private final NoticeStore store;
    private final Dispatcher dispatcher;
    private final List<String> channels;
    private final List<Message> messages = new ArrayList<>();
    private long now;
    private long number;

    /**
     * In a directory of its own.
     *
     * @param quotas of chat robots, by the names that contacts use
     */
    public Rehearsal(Path directory, Map<String, Quota> quotas, Supplier<Content> content, ZoneId zone) {
        store = new NoticeStore(directory, 0);
        channels = List.copyOf(new TreeSet<>(quotas.keySet()));
        Map<String, Way> ways = new TreeMap<>();
        Channel silent = parcel -> new Channel.Reply(new Answer.Taken("rehearsed"), "");
        quotas.forEach((name, quota) -> ways.put(name, new Way(silent, quota, Optional.empty(), true)));
        InstantSource clock = () -> Instant.ofEpochMilli(now);
        dispatcher = new Dispatcher(store, ways, new Receivers(content), zone, clock, act -> true);
    }

    /** A notice is due. */
    public void due(Decision.Notice n, boolean urgent) {
        String id = CanonicalJson.sha256(n.alarm() + "|" + n.receiver() + "|" + n.channel() + "|" + number++).substring(0, 16);
        String alarm = Json.object().put("id", n.alarm()).put("priority", urgent ? "high" : "low").toString();
        Notice notice = new Notice(id, n.offset(), n.at(), n.site(), n.alarm(), n.transition(), n.receiver(), n.language(), n.channel(),
                alarm);
        long until = n.until().orElse(n.at());
        Fate fate = until > n.at() ? Fate.DEFERRED : Fate.PENDING;
        store.add(List.of(new NoticeStore.New(notice, fate, "", until, "")), Map.of(), number);
    }

    /** Lets time pass up to an instant, sending what may go. */
    public void until(long instant) {
        for (long due = store.nextDue().orElse(Long.MAX_VALUE); due <= instant; due = store.nextDue().orElse(Long.MAX_VALUE)) {
            now = Math.max(Math.max(now + STEP_MS, due), now);
            if (now > instant) {
                break;
            }
            store.ripen(now);
            channels.forEach(this::send);
        }
        now = Math.max(now, instant);
    }

    private void send(String channel) {
        for (Optional<Dispatcher.Job> job = dispatcher.next(channel); job.isPresent(); job = dispatcher.next(channel)) {
            TreeSet<String> receivers = new TreeSet<>();
            job.get().rows().forEach(row -> receivers.add(row.notice().receiver()));
            messages.add(new Message(channel, now, receivers, job.get().rows().size()));
            dispatcher.settle(job.get(), new Channel.Reply(new Answer.Taken("rehearsed"), ""), 0);
        }
    }

    /** What would have gone so far. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        store.close();
    }
}
