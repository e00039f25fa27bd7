package dustwarden.core.judge;

import java.util.Collection;
import java.util.LinkedList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * What a rule says of a site for one period or moment.
 *
 * @param low share in order if all that is unknown were out of order, 0..1
 * @param high share in order if all that is unknown were in order, {@code low..1}
 * @param capture share of what should be known that is known, 0..1
 * @param reasons sorted, without doubles
 * @param proof offsets of entries that prove it, sorted, at most {@value #PROOF_MAX}
 * @param from start of the period judged, epoch ms; empty for a state, whose start is when it began
 * @param to its end, exclusive; empty for a state
 * @param subjects what alarms may be about
 * @param nextAt when time alone may change it, epoch ms; {@code Long.MAX_VALUE} for never
 * @param carriesUntil until when it reads the same if what holds now is only repeated; {@code Long.MIN_VALUE} where it must be
 *     judged anew at {@code nextAt} whatever came
 */
public record Judgement(
        State state,
        double low,
        double high,
        double capture,
        List<Reason> reasons,
        List<Long> proof,
        OptionalLong from,
        OptionalLong to,
        List<Subject> subjects,
        long nextAt,
        long carriesUntil) {

    public static final int PROOF_MAX = 32;

    public Judgement {
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException("bounds want 0 <= low <= high <= 1, got " + low + ".." + high);
        }
        if (!(capture >= 0 && capture <= 1)) {
            throw new IllegalArgumentException("capture lies in 0..1, got " + capture);
        }
        reasons = List.copyOf(isSorted(reasons) ? reasons : new TreeSet<>(reasons));
        proof = List.copyOf(proof);
        subjects = List.copyOf(subjects);
    }

    /** One that is judged anew whenever its time has come. */
    public Judgement(State state, double low, double high, double capture, List<Reason> reasons, List<Long> proof, OptionalLong from,
            OptionalLong to, List<Subject> subjects, long nextAt) {
        this(state, low, high, capture, reasons, proof, from, to, subjects, nextAt, Long.MIN_VALUE);
    }

    /** Most often there are none, or one, or they come from another judgement. */
    private static boolean isSorted(List<Reason> reasons) {
        for (int i = 1; i < reasons.size(); i++) {
            if (reasons.get(i - 1).compareTo(reasons.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** The rule has nothing to judge here, for a reason. */
    public static Judgement notApplicable(Reason why) {
        return new Judgement(
                State.NOT_APPLICABLE, 1, 1, 1, List.of(why), List.of(), OptionalLong.empty(), OptionalLong.empty(),
                List.of(), Long.MAX_VALUE);
    }

    /** The same for a period. */
    public Judgement over(long periodFrom, long periodTo) {
        return new Judgement(state, low, high, capture, reasons, proof, OptionalLong.of(periodFrom),
                OptionalLong.of(periodTo), subjects, nextAt, carriesUntil);
    }

    public Judgement withNextAt(long at) {
        return new Judgement(state, low, high, capture, reasons, proof, from, to, subjects, at, carriesUntil);
    }

    public Judgement withSubjects(List<Subject> others) {
        return new Judgement(state, low, high, capture, reasons, proof, from, to, others, nextAt, carriesUntil);
    }

    /** The same, which repetition carries on until then. */
    public Judgement carrying(long until) {
        return new Judgement(state, low, high, capture, reasons, proof, from, to, subjects, nextAt, until);
    }

    /** Whether a reader would see a difference: state, bounds or reasons. */
    public boolean saysTheSame(Judgement other) {
        return state == other.state
                && low == other.low
                && high == other.high
                && from.equals(other.from)
                && reasons.equals(other.reasons);
    }

    /** The newest offsets of many, sorted and bounded. */
    public static List<Long> proofOf(Collection<Long> offsets) {
        long[] sorted = offsets.stream().mapToLong(Long::longValue).sorted().toArray();
        LinkedList<Long> newest = new LinkedList<>();
        for (int i = sorted.length - 1; i >= 0 && newest.size() < PROOF_MAX; i--) {
            if (i == sorted.length - 1 || sorted[i] != sorted[i + 1]) {
                newest.addFirst(sorted[i]);
            }
        }
        return List.copyOf(newest);
    }
}
