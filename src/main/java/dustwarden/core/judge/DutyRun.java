package dustwarden.core.judge;

import dustwarden.core.judge.DutyPart.Mode;
import dustwarden.core.rule.DutyRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a duty's arithmetic over the parts of a day in one world: grace, dry gaps, share and mending.
 *
 * <p>Parts before the day's start only set the scene: a dry gap that runs over midnight goes on.
 */
final class DutyRun {
    private static final double SLACK_MS = 1e-6;

    /** What broke the duty. */
    enum Kind {
        GAP,
        SHARE
    }

    /**
     * A breach of the duty.
     *
     * @param at the first instant at which it is one, epoch ms
     * @param from start of the dry gap; of the day for a share
     * @param carried whether it broke the day before already
     */
    record Breach(Kind kind, long at, long from, boolean carried, long offset) {}

    private final DutyRule rule;
    private final long dayStart;
    private final List<Breach> breaches = new ArrayList<>();
    private final List<Long> mended = new ArrayList<>();
    private long graceLeft;
    private long idle;
    private long gap;
    private long gapFrom;
    private boolean gapTold;
    private boolean gapCarried;
    private boolean shareTold;
    private long wetRow;
    private long worked;
    private long wet;
    private long exempt;
    private long gapLongest;

    DutyRun(DutyRule rule, long dayStart) {
        this.rule = rule;
        this.dayStart = dayStart;
        this.graceLeft = rule.graceMs();
    }

    /** Breaches in the day, in order of time. */
    List<Breach> breaches() {
        return breaches;
    }

    /** Instants at which enough wet work in a row was done. */
    List<Long> mended() {
        return mended;
    }

    /** Share of the working time that was wet, of what counts; 1 when nothing does. */
    double share() {
        return worked == 0 ? 1 : (double) wet / worked;
    }

    long worked() {
        return worked;
    }

    long exempt() {
        return exempt;
    }

    long gapLongest() {
        return gapLongest;
    }

    /** Takes the next span; spans come in order, without a gap, and none crosses the day's start. */
    void step(Mode mode, long from, long to, long offset) {
        long length = to - from;
        if (mode == Mode.IDLE) {
            idle += length;
            // A shorter pause earns no new grace and does not end a dry gap.
            if (idle >= rule.graceMs()) {
                graceLeft = rule.graceMs();
                endGap();
            }
            return;
        }
        idle = 0;
        row(mode, from, length);
        long grace = Math.min(length, graceLeft);
        graceLeft -= grace;
        if (grace < length) {
            work(mode, from + grace, to, offset);
        }
    }

    private void row(Mode mode, long from, long length) {
        if (mode == Mode.DRY) {
            wetRow = 0;
        } else if (mode == Mode.WET) {
            long before = wetRow;
            wetRow += length;
            if (wetRow >= rule.returnAfterMs()) {
                mended.add(Math.max(from, from + rule.returnAfterMs() - before));
            }
        }
    }

    private void work(Mode mode, long from, long to, long offset) {
        if (mode == Mode.EXEMPT) {
            endGap();
            exempt += from >= dayStart ? to - from : 0;
            return;
        }
        if (mode == Mode.WET) {
            endGap();
        } else {
            dry(from, to, offset);
        }
        if (from >= dayStart) {
            share(mode, from, to - from, offset);
        }
    }

    private void endGap() {
        gap = 0;
        gapTold = false;
        gapCarried = false;
    }

    private void dry(long from, long to, long offset) {
        if (gap == 0) {
            gapFrom = from;
        }
        long tooLongAt = from + rule.gapMaxMs() - gap + 1;
        gap += to - from;
        gapLongest = from >= dayStart ? Math.max(gapLongest, gap) : gapLongest;
        if (!gapTold && tooLongAt <= to) {
            gapTold = true;
            if (tooLongAt >= dayStart && from >= dayStart) {
                gapCarried = true;
                breaches.add(new Breach(Kind.GAP, Math.max(from, tooLongAt), gapFrom, false, offset));
            }
        } else if (gapTold && !gapCarried && from >= dayStart) {
            gapCarried = true;
            breaches.add(new Breach(Kind.GAP, from, gapFrom, true, offset));
        }
    }

    private void share(Mode mode, long from, long length, long offset) {
        double mostWorked = rule.shareMin() > 0 ? (wet + SLACK_MS) / rule.shareMin() : Double.MAX_VALUE;
        long until = rule.shareAfterMs() - worked;
        boolean low;
        long after;
        if (mode == Mode.DRY) {
            after = Math.max(Math.max(0, until), (long) Math.min(Long.MAX_VALUE / 2, Math.floor(mostWorked - worked)) + 1);
            low = after <= length;
        } else {
            after = until;
            low = until > 0 && until <= length && wet + until + SLACK_MS < rule.shareMin() * rule.shareAfterMs();
            wet += length;
        }
        worked += length;
        if (low && !shareTold) {
            shareTold = true;
            breaches.add(new Breach(Kind.SHARE, from + after, dayStart, false, offset));
        }
    }
}
