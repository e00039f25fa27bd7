package dustwarden.core.alarm;

import dustwarden.core.alarm.AlarmEvent.Said;
import dustwarden.core.alarm.AlarmEvent.Tell;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.Subject;
import dustwarden.core.judge.Subject.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The alarms of one site: at most one open for a rule and subject, raised and returned with delays, closed by people or
 * data, never deleted.
 *
 * <p>An alarm raised by a subject that became unclear stays as it is: not knowing clears nothing. What time alone calls for
 * hangs on instants that are stored, so a restart neither forgets nor repeats it.
 */
public final class AlarmBook {
    /** Of what closed so long ago nothing need be said any more. */
    private static final long CLOSED_KEPT_MS = 31L * 86_400_000;

    private final String site;
    private final TreeMap<String, Watch> watches = new TreeMap<>();
    /** When alarms closed, by their ids. */
    private final TreeMap<String, Long> closed = new TreeMap<>();
    private transient Ladders ladders = Ladder.NONE;
    private transient Covers covers = Covers.NONE;

    public AlarmBook(String site) {
        this.site = site;
    }

    @SuppressWarnings("unused")
    private AlarmBook() {
        this("");
    }

    /** Says who is told and what keeps alarms quiet from now on. */
    public void bind(Ladders whom, Covers what) {
        ladders = whom;
        covers = what;
    }

    private Ladder ladder(Alarm alarm) {
        return ladders.of(alarm.rule, alarm.subject);
    }

    /** Takes in how a rule's subjects stand. */
    public void update(Terms terms, List<Subject> subjects, long now, long offset, Consumer<AlarmEvent> out) {
        for (Subject subject : subjects) {
            // What is in order and was before is not watched: nothing could be said of it.
            boolean fine = subject.standing() == Standing.IN_ORDER && subject.failures() == 0;
            String key = fine && watches.isEmpty() ? "" : Watch.key(terms.rule(), subject.id());
            if (!fine || watches.containsKey(key)) {
                Watch watch = watches.computeIfAbsent(key, k -> new Watch(terms, subject.id()));
                watch.terms = terms;
                stand(watch, subject, now, offset, out);
            }
        }
    }

    private void stand(Watch watch, Subject subject, long now, long offset, Consumer<AlarmEvent> out) {
        boolean failedAgain = watch.stand(subject, now);
        Alarm alarm = watch.alarm;
        if (alarm != null) {
            alarm.note(subject);
            if (alarm.state instanceof AlarmState.Open open && subject.standing() == Standing.BROKEN && subject.rectified()) {
                open.rectify("").ifPresent(mended -> rectified(watch, mended, Said.NOTHING, now, out));
            }
            if (failedAgain && alarm.isUp()) {
                alarm.occurrences += watch.takeFailures();
                alarm.say("occurrence", Said.NOTHING, out);
                tell(watch, "occurrence", out);
            }
        }
        due(watch, now, offset, out);
    }

    /** Does what time alone calls for. */
    public void tick(long now, long offset, Consumer<AlarmEvent> out) {
        for (Watch watch : watches.values()) {
            due(watch, now, offset, out);
        }
        watches.values().removeIf(w -> w.forgotten(now));
        closed.values().removeIf(at -> at < now - CLOSED_KEPT_MS);
    }

    /** When {@link #tick} must be called again at the latest, epoch ms. */
    public long nextAt(long now) {
        long next = Long.MAX_VALUE;
        boolean open = false;
        for (Watch watch : watches.values()) {
            next = Math.min(next, nextAt(watch));
            open |= watch.alarm != null;
        }
        return open ? Math.min(next, covers.nextChange(now)) : next;
    }

    private long nextAt(Watch watch) {
        long next = Math.min(watch.raisesAt(), watch.flapping.settlesAt());
        if (watch.alarm == null) {
            return next;
        }
        next = Math.min(next, Math.min(watch.returnsAt(), watch.raisesAgainAt()));
        next = Math.min(next, verifiesAt(watch));
        if (watch.alarm.state instanceof AlarmState.Shelved shelved) {
            return Math.min(next, shelved.until());
        }
        return watch.alarm.isCovered() ? next : Math.min(next, Math.min(watch.alarm.tellAt, ladder(watch.alarm).climbsAt(watch.alarm)));
    }

    private void due(Watch watch, long now, long offset, Consumer<AlarmEvent> out) {
        if (watch.raisesAt() <= now) {
            raise(watch, now, offset, out);
        }
        if (watch.alarm != null) {
            comeOrGo(watch, now, out);
        }
        if (watch.flapping.settlesAt() <= now) {
            settle(watch, now, out);
        }
        if (watch.alarm != null) {
            cover(watch, now, out);
            tellOf(watch, now, out);
            climb(watch, now, out);
        }
    }

    private void comeOrGo(Watch watch, long now, Consumer<AlarmEvent> out) {
        if (watch.returnsAt() <= now) {
            giveBack(watch, now, out);
        } else if (watch.raisesAgainAt() <= now && watch.alarm.state instanceof AlarmState.Returned returned) {
            watch.alarm.returnedAt = OptionalLong.empty();
            watch.alarm.occurrences += Math.max(1, watch.takeFailures());
            watch.alarm.tellAt = now + watch.terms.noticeDelayMs();
            come(watch, returned.raiseAgain(), now, out);
        } else if (verifiesAt(watch) <= now && watch.alarm.state instanceof AlarmState.Returned returned) {
            watch.alarm.change(returned.verify(), Said.NOTHING, out);
            settleState(watch, Said.NOTHING, now, out);
        }
    }

    /** When the data alone verify a mending: what somebody mended stayed in order for as long as the site's file wants. */
    private long verifiesAt(Watch watch) {
        boolean mended = watch.alarm.state instanceof AlarmState.Returned returned && !returned.rectifiedBy().isEmpty();
        OptionalLong after = ladder(watch.alarm).plan().verifyAfterMs();
        return mended && after.isPresent() ? watch.inOrderFor(after.getAsLong()) : Long.MAX_VALUE;
    }

    private void raise(Watch watch, long now, long offset, Consumer<AlarmEvent> out) {
        watch.alarm = new Alarm(Alarm.id(site, watch.terms.rule(), watch.subject, offset), watch.terms, watch.subject, now);
        watch.alarm.occurrences = Math.max(1, watch.takeFailures());
        watch.noteLatest();
        come(watch, new AlarmState.Raised(), now, out);
    }

    private void come(Watch watch, AlarmState.Raised raised, long now, Consumer<AlarmEvent> out) {
        Alarm alarm = watch.alarm;
        deadlines(watch, now);
        boolean begins = !watch.countsFailures() && watch.flapping.raised(now);
        alarm.flapping = watch.flapping.on();
        alarm.change(raised, Said.NOTHING, out);
        if (alarm.flapping) {
            alarm.tellAt = Long.MAX_VALUE;
        }
        if (begins) {
            alarm.say("flapping", Said.NOTHING, out);
            if (covers.over(about(alarm), now).isEmpty()) {
                alarm.told = true;
                out.accept(tellOf(alarm, "flapping"));
            }
        }
    }

    /** From now on there is so much time to acknowledge and to mend. */
    private void deadlines(Watch watch, long now) {
        Alarm alarm = watch.alarm;
        alarm.acknowledgeBy = ladder(alarm).deadline(now, watch.terms.acknowledgeWithinMs(), alarm.priority);
        alarm.rectifyBy = ladder(alarm).deadline(now, watch.terms.rectifyWithinMs(), alarm.priority);
        alarm.level = 0;
        alarm.climbedAt = now;
    }

    private void giveBack(Watch watch, long now, Consumer<AlarmEvent> out) {
        Alarm alarm = watch.alarm;
        alarm.returnedAt = OptionalLong.of(now);
        alarm.tellAt = Long.MAX_VALUE;
        watch.flapping.returned(now);
        alarm.change(((AlarmState.Up) alarm.state).giveBack(), Said.NOTHING, out);
        tell(watch, "returned", out);
        settleState(watch, Said.NOTHING, now, out);
    }

    private void cover(Watch watch, long now, Consumer<AlarmEvent> out) {
        Alarm alarm = watch.alarm;
        if (alarm.state instanceof AlarmState.Shelved shelved) {
            if (shelved.until() <= now) {
                uncover(watch, shelved, now, out);
            }
            return;
        }
        Optional<Covers.Cover> wanted = alarm.isUp() ? covers.over(about(alarm), now) : Optional.empty();
        // Who speaks for it may change without its being heard of in between.
        if (alarm.state instanceof AlarmState.Covered covered
                && !wanted.map(Covers.Cover::outOfService).equals(Optional.of(covered instanceof AlarmState.OutOfService))) {
            uncover(watch, covered, now, out);
        }
        if (alarm.state instanceof AlarmState.Open open && wanted.isPresent()) {
            String by = wanted.get().by();
            alarm.change(wanted.get().outOfService() ? open.takeOut(by) : open.suppress(by), Said.NOTHING, out);
        }
    }

    /** What lay over an alarm ended: who was not told is told now, and the deadlines begin anew. */
    private void uncover(Watch watch, AlarmState.Covered covered, long now, Consumer<AlarmEvent> out) {
        Alarm alarm = watch.alarm;
        deadlines(watch, now);
        if (!alarm.told) {
            alarm.tellAt = now + watch.terms.noticeDelayMs();
        }
        alarm.change(covered.uncover(), Said.NOTHING, out);
    }

    private static Covers.About about(Alarm alarm) {
        return new Covers.About(alarm.rule, alarm.item, alarm.subject);
    }

    private void tellOf(Watch watch, long now, Consumer<AlarmEvent> out) {
        Alarm alarm = watch.alarm;
        if (alarm.tellAt <= now && !alarm.isCovered()) {
            alarm.tellAt = Long.MAX_VALUE;
            alarm.told = true;
            out.accept(tellOf(alarm, "raised"));
        }
    }

    private void climb(Watch watch, long now, Consumer<AlarmEvent> out) {
        Alarm alarm = watch.alarm;
        Ladder ladder = ladder(alarm);
        while (ladder.climbsAt(alarm) <= now) {
            String why = alarm.overdueWhy();
            alarm.level++;
            alarm.climbedAt = now;
            alarm.told = true;
            alarm.say("escalated", Said.NOTHING, out);
            out.accept(new Tell(alarm.id, "escalated", alarm.priority, alarm.level, Optional.of(why), ladder.next(alarm)));
        }
    }

    /** It has stood still for long enough to be believed. */
    private void settle(Watch watch, long now, Consumer<AlarmEvent> out) {
        watch.flapping.settled();
        Alarm alarm = watch.alarm;
        if (alarm == null) {
            return;
        }
        alarm.flapping = false;
        alarm.say("settled", Said.NOTHING, out);
        tell(watch, "settled", out);
        if (!alarm.told && alarm.isUp()) {
            alarm.tellAt = now;
        }
    }

    /** Closes what has nothing left to wait for. */
    private void settleState(Watch watch, Said said, long now, Consumer<AlarmEvent> out) {
        watch.alarm.state.settled().ifPresent(end -> close(watch, end, said, now, out));
    }

    private void close(Watch watch, AlarmState.Closed end, Said said, long now, Consumer<AlarmEvent> out) {
        watch.alarm.change(end, said, out);
        closed.put(watch.alarm.id, now);
        watch.alarm = null;
    }

    /** What came of an act. */
    public sealed interface Outcome {
        /** It was done. */
        record Done() implements Outcome {}

        /** It may not be done, for a stable reason. */
        record Refused(String reason, String detail) implements Outcome {}
    }

    /** Whether an alarm of this id is open here, or closed not long ago. */
    public boolean knows(String alarmId) {
        return closed.containsKey(alarmId) || find(alarmId).isPresent();
    }

    private Optional<Watch> find(String alarmId) {
        return watches.values().stream().filter(w -> w.alarm != null && w.alarm.id.equals(alarmId)).findFirst();
    }

    /** Does a person's act on an open alarm. */
    public Outcome act(AlarmAct act, long now, Consumer<AlarmEvent> out) {
        Optional<Watch> found = find(act.alarm());
        if (found.isEmpty()) {
            return closed.containsKey(act.alarm())
                    ? new Outcome.Refused("not-allowed", "the alarm is closed")
                    : new Outcome.Refused("unknown-alarm", "no open alarm has the id " + act.alarm());
        }
        Alarm alarm = found.get().alarm;
        Optional<Outcome.Refused> refusal = ActCheck.refusal(alarm, act, now);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        AlarmState next = alarm.state.after(act).orElseThrow();
        Said said = Said.by(act);
        if (act.kind() == AlarmAct.Kind.UNSHELVE) {
            uncover(found.get(), (AlarmState.Covered) alarm.state, now, out);
        } else if (next instanceof AlarmState.Rectified mended && act.kind() == AlarmAct.Kind.RECTIFY) {
            rectified(found.get(), mended, said, now, out);
        } else {
            alarm.state = next;
            alarm.say(act.kind().transition(), said, out);
            settleState(found.get(), said, now, out);
        }
        return new Outcome.Done();
    }

    /** Somebody says that it is mended: the data have as much time again to bear it out. */
    private void rectified(Watch watch, AlarmState.Rectified mended, Said said, long now, Consumer<AlarmEvent> out) {
        watch.alarm.rectifyBy = ladder(watch.alarm).deadline(now, watch.terms.rectifyWithinMs(), watch.alarm.priority);
        watch.alarm.change(mended, said, out);
    }

    /** Closes the alarms of rules that no longer bind the site. */
    public void withdraw(Set<String> bindingRules, long now, Consumer<AlarmEvent> out) {
        for (Map.Entry<String, Watch> entry : new ArrayList<>(watches.entrySet())) {
            Watch watch = entry.getValue();
            if (bindingRules.contains(watch.terms.rule())) {
                continue;
            }
            if (watch.alarm != null) {
                Alarm alarm = watch.alarm;
                alarm.reasons = List.of(Reason.of("rule-withdrawn", "rule", watch.terms.rule()));
                close(watch, alarm.state.withdrawn(), Said.NOTHING, now, out);
                if (alarm.told) {
                    out.accept(tellOf(alarm, "closed"));
                }
            }
            watches.remove(entry.getKey());
        }
    }

    /** Ids of the alarms that stand broken, by rule and subject as {@code rule|subject}. */
    public Map<String, String> up() {
        Map<String, String> found = new TreeMap<>();
        watches.forEach((key, watch) -> {
            if (watch.isUp()) {
                found.put(key, watch.alarm.id);
            }
        });
        return found;
    }

    /** The id of a subject's alarm that stands broken. */
    public Optional<String> up(String rule, String subject) {
        Watch watch = watches.isEmpty() ? null : watches.get(Watch.key(rule, subject));
        return watch != null && watch.isUp() ? Optional.of(watch.alarm.id) : Optional.empty();
    }

    /** When the newest alarm of an item that stands broken was raised, epoch ms; {@code Long.MAX_VALUE} where none stands. */
    public long newestUp(String item) {
        long newest = Long.MIN_VALUE;
        for (Watch watch : watches.values()) {
            if (watch.isUp() && watch.alarm.item.equals(item)) {
                newest = Math.max(newest, watch.alarm.raisedAt);
            }
        }
        return newest == Long.MIN_VALUE ? Long.MAX_VALUE : newest;
    }

    /** What an open alarm is about. */
    public Optional<Covers.About> about(String alarmId) {
        return find(alarmId).map(w -> about(w.alarm));
    }

    /** Ids of the open alarms. */
    public List<String> open() {
        return watches.values().stream().filter(w -> w.alarm != null).map(w -> w.alarm.id).toList();
    }

    /** Of what people know they are told how it goes on, unless it is kept quiet or comes and goes too often. */
    private void tell(Watch watch, String transition, Consumer<AlarmEvent> out) {
        if (watch.alarm.told && !watch.alarm.isCovered() && !watch.flapping.on()) {
            out.accept(tellOf(watch.alarm, transition));
        }
    }

    private Tell tellOf(Alarm alarm, String transition) {
        return new Tell(alarm.id, transition, alarm.priority, alarm.level, Optional.empty(), ladder(alarm).next(alarm));
    }
}
