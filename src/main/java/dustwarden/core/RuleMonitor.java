package dustwarden.core;

import dustwarden.core.alarm.Terms;
import dustwarden.core.judge.TwoClocks;
import dustwarden.core.judge.FactKind;
import dustwarden.core.judge.Judgement;
import dustwarden.core.judge.Reason;
import dustwarden.core.judge.RuleJudge;
import dustwarden.core.judge.SiteFacts;
import dustwarden.core.judge.State;
import dustwarden.core.model.CanonicalJson;
import dustwarden.core.model.Site;
import dustwarden.core.rule.RuleHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One rule at one site over time: its verdict now, the days that ended, and those that are sealed. */
final class RuleMonitor {
    private static final long REJUDGE_MS = 1_000;

    /** A day's final verdict, as it was last said. */
    private record Sealed(State state, double low, double high, List<Reason> reasons, String id, long saidAt) {}

    /** How a verdict is told; {@code flips}: it corrects a final one that had another state. */
    interface Out {
        void verdict(RuleMonitor rule, Judgement judgement, long from, boolean isFinal, Optional<String> id, Optional<String> supersedes,
                boolean flips);
    }

    private transient Content.Bound bound;
    /** The kinds of facts that its verdicts rest on, and those that can change the one of now; as bits. */
    private transient int restsOn;

    private transient int wakes;
    private transient Terms terms;
    /** As the verdict now says; kept here since it is asked at every look at the site. */
    private transient long verdictNextAt;
    /** Whether any day waits to be sealed or to be judged again, so that seldom more need be asked. */
    private transient boolean owes;
    private final String ruleHash;
    private Judgement last;
    private long since;
    private final TreeMap<Long, Sealed> sealed = new TreeMap<>();
    private final TreeSet<Long> ended = new TreeSet<>();
    private final TreeMap<Long, Long> rejudgeAt = new TreeMap<>();
    private long nextSealAt = Long.MAX_VALUE;

    RuleMonitor(Content.Bound bound) {
        bind(bound);
        this.ruleHash = bound.rule().head().hash();
    }

    /** For a stored state that is read again: only. */
    @SuppressWarnings("unused")
    private RuleMonitor() {
        this.ruleHash = "";
    }

    /** Puts rules in force: one with the same id and text keeps its state, a changed one begins anew, one that is gone goes. */
    static void bind(Map<String, RuleMonitor> monitors, List<Content.Bound> rules) {
        Set<String> ids = new TreeSet<>();
        for (Content.Bound rule : rules) {
            String id = rule.rule().head().id();
            ids.add(id);
            RuleMonitor old = monitors.get(id);
            if (old != null && old.is(rule)) {
                old.bind(rule);
            } else {
                monitors.put(id, new RuleMonitor(rule));
            }
        }
        monitors.keySet().retainAll(ids);
    }

    /** Whether a rule of a changed rulebook is still this one, with the same text. */
    boolean is(Content.Bound other) {
        return ruleHash.equals(other.rule().head().hash());
    }

    void bind(Content.Bound other) {
        bound = other;
        restsOn = mask(other.judge().wakes());
        wakes = last == null ? restsOn : mask(other.judge().wakes(last));
        terms = Terms.of(head());
        verdictNextAt = last == null ? Long.MAX_VALUE : last.nextAt();
        owes = !ended.isEmpty() || !rejudgeAt.isEmpty();
    }

    RuleHead head() {
        return bound.rule().head();
    }

    Content.Bound bound() {
        return bound;
    }

    /** What it says of its alarms. */
    Terms terms() {
        return terms;
    }

    RuleJudge judge() {
        return bound.judge();
    }

    /** The verdict now; null before the first. */
    Judgement last() {
        return last;
    }

    /** Since when the state is what it is, epoch ms. */
    long since() {
        return since;
    }

    /** When time alone may change its verdict, epoch ms. */
    long verdictNextAt() {
        return verdictNextAt;
    }

    /** Whether any day that ended waits to be sealed or to be judged again. */
    boolean owes() {
        return owes;
    }

    /** When a day that ended is to be sealed or judged again, epoch ms; {@code Long.MAX_VALUE} when none is. */
    long owesAt() {
        if (!owes) {
            return Long.MAX_VALUE;
        }
        long next = nextSealAt;
        for (long at : rejudgeAt.values()) {
            next = Math.min(next, at);
        }
        return next;
    }

    /** What its figures rest on. */
    Decision.Verdict.Cited cited() {
        RuleHead.Citation citation = head().citation();
        return new Decision.Verdict.Cited(citation.clause(), citation.confidence(), head().unconfirmed());
    }

    /** Kinds of facts as bits. */
    static int mask(Set<FactKind> kinds) {
        int mask = 0;
        for (FactKind kind : kinds) {
            mask |= 1 << kind.ordinal();
        }
        return mask;
    }

    /** The kinds of facts that can change its verdict as it reads now, as bits. */
    int wakes() {
        return wakes;
    }

    /** Whether facts of any of the kinds can change some verdict of it, those of days that are over included. */
    boolean mayReadOtherwise(int kinds) {
        return (restsOn & kinds) != 0;
    }

    boolean dueByTime(SiteFacts facts, long now) {
        return last == null || verdictNextAt <= now && !carriesOn(facts, now);
    }

    /** What it rests on was only repeated, and it reads the same until that runs out. */
    private boolean carriesOn(SiteFacts facts, long now) {
        if (last.carriesUntil() <= now || !facts.skews().isEmpty()) {
            return false;
        }
        long until = Math.min(last.carriesUntil(), judge().holdsUntil(facts, now));
        if (until <= now) {
            return false;
        }
        keep(last.withNextAt(until));
        return true;
    }

    /** Judges the present; answers whether a reader would see a change. */
    boolean judge(SiteFacts facts, long now, Out out) {
        Judgement next = TwoClocks.now(judge(), facts, now);
        boolean changed = last == null || !next.saysTheSame(last);
        if (last == null || next.state() != last.state()) {
            since = now;
        }
        // A judge that answers a moment already past would be asked for ever.
        keep(next.nextAt() <= now ? next.withNextAt(now + 1) : next);
        wakes = mask(judge().wakes(last));
        if (changed) {
            out.verdict(this, last, last.from().orElse(since), false, Optional.empty(), Optional.empty(), false);
        }
        return changed;
    }

    private void keep(Judgement judgement) {
        last = judgement;
        verdictNextAt = judgement.nextAt();
    }

    /** A local day ended. */
    void dayEnded(long dayStart) {
        ended.add(dayStart);
        owes = true;
    }

    /** Seals the ended days that may be, and judges sealed ones again for which something came late. */
    void seal(SiteFacts facts, long now, Out out) {
        if (!owes) {
            return;
        }
        nextSealAt = Long.MAX_VALUE;
        for (long day : List.copyOf(ended)) {
            long at = judge().sealAt(facts, day, now);
            if (at > now) {
                nextSealAt = Math.min(nextSealAt, at);
                continue;
            }
            ended.remove(day);
            TwoClocks.day(judge(), facts, day, now).ifPresent(j -> say(facts, day, j, now, out));
        }
        for (Map.Entry<Long, Long> due : List.copyOf(rejudgeAt.entrySet())) {
            if (due.getValue() > now) {
                continue;
            }
            rejudgeAt.remove(due.getKey());
            TwoClocks.day(judge(), facts, due.getKey(), now).ifPresent(j -> say(facts, due.getKey(), j, now, out));
        }
        owes = !ended.isEmpty() || !rejudgeAt.isEmpty();
    }

    /** Something came for a day that is over. */
    private void touched(long dayStart, long now) {
        Sealed said = sealed.get(dayStart);
        if (said != null) {
            rejudgeAt.putIfAbsent(dayStart, Math.max(now, said.saidAt() + REJUDGE_MS));
            owes = true;
        }
    }

    /** Every sealed day from the earliest touched on may read otherwise now: what begins one day may reach into the next. */
    void touchedFrom(Site site, long from, long today, long now) {
        for (long day = site.dayStart(from); day < today; day = site.dayEnd(day)) {
            touched(day, now);
            if (day > from) {
                return;
            }
        }
    }

    private void say(SiteFacts facts, long day, Judgement j, long now, Out out) {
        Sealed before = sealed.get(day);
        if (before != null
                && before.state() == j.state()
                && before.low() == j.low()
                && before.high() == j.high()
                && before.reasons().equals(j.reasons())) {
            return;
        }
        String id = CanonicalJson.shortId(facts.site().id() + "|" + head().id() + "|" + day + "|" + now);
        sealed.put(day, new Sealed(j.state(), j.low(), j.high(), j.reasons(), id, now));
        Judgement over = j.from().isPresent() ? j : j.over(day, facts.site().dayEnd(day));
        out.verdict(this, over, day, true, Optional.of(id), before == null ? Optional.empty() : Optional.of(before.id()),
                before != null && before.state() != j.state());
    }

    /** Whether one of the days' final verdicts that stand has this id. */
    boolean said(String verdict) {
        return sealed.values().stream().anyMatch(day -> day.id().equals(verdict));
    }

    void forgetBefore(long at) {
        while (!sealed.isEmpty() && sealed.firstKey() < at) {
            sealed.pollFirstEntry();
        }
        while (!rejudgeAt.isEmpty() && rejudgeAt.firstKey() < at) {
            rejudgeAt.pollFirstEntry();
        }
    }
}
