package dustwarden.core;

import dustwarden.core.judge.SiteFacts;
import java.util.List;

/**
 * The rules in force at one site, each with what decides whether it is to be judged.
 *
 * <p>That lies side by side here, since nearly every look at a site judges none of its rules or one, and the rules lie far
 * apart in memory.
 */
final class Docket {
    static final Docket EMPTY = new Docket(List.of(), List.of());

    private final List<RuleMonitor> rules;
    /** The kinds of facts that can change a verdict as it reads now, as bits. */
    private final int[] wakes;
    /** When time alone may; the beginning of time for a rule that was never judged. */
    private final long[] nextAts;
    /** All that bind the site: one that is in force no longer still owes the verdicts of its days. */
    private final List<RuleMonitor> owing;
    private boolean owes = true;

    Docket(List<RuleMonitor> rules, List<RuleMonitor> owing) {
        this.rules = rules;
        this.owing = owing;
        this.wakes = new int[rules.size()];
        this.nextAts = new long[rules.size()];
        for (int i = 0; i < wakes.length; i++) {
            note(i);
        }
    }

    int size() {
        return wakes.length;
    }

    RuleMonitor rule(int i) {
        return rules.get(i);
    }

    List<RuleMonitor> rules() {
        return rules;
    }

    /** Whether the i-th rule is to be judged, for facts of those kinds changed or its time has come. */
    boolean calls(int i, int kinds, SiteFacts facts, long now) {
        if ((wakes[i] & kinds) != 0) {
            return true;
        }
        if (nextAts[i] > now) {
            return false;
        }
        boolean due = rules.get(i).dueByTime(facts, now);
        note(i);
        return due;
    }

    /** The i-th rule was asked or judged: what decides about it may be another now. */
    void note(int i) {
        RuleMonitor rule = rules.get(i);
        wakes[i] = rule.wakes();
        nextAts[i] = rule.last() == null ? Long.MIN_VALUE : rule.verdictNextAt();
    }

    /**
     * Seals the days that ended and may be, and judges sealed ones again for which something came late.
     *
     * @param kinds of facts that changed, as bits
     * @param touchedFrom the earliest instant before today that they are of; {@code Long.MAX_VALUE} where none is
     */
    void seal(SiteFacts facts, int kinds, long touchedFrom, long today, long now, RuleMonitor.Out out) {
        boolean touched = touchedFrom != Long.MAX_VALUE;
        if (!owes && !touched) {
            return;
        }
        owes = false;
        for (RuleMonitor rule : owing) {
            if (touched && rule.mayReadOtherwise(kinds)) {
                rule.touchedFrom(facts.site(), touchedFrom, today, now);
            }
            rule.seal(facts, now, out);
            owes |= rule.owes();
        }
    }

    /** When time alone may change a verdict or a day is to be sealed, epoch ms. */
    long nextAt() {
        long next = Long.MAX_VALUE;
        for (long at : nextAts) {
            next = at == Long.MIN_VALUE ? next : Math.min(next, at);
        }
        for (int i = 0; owes && i < owing.size(); i++) {
            next = Math.min(next, owing.get(i).owesAt());
        }
        return next;
    }
}
