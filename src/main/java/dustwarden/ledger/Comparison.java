package dustwarden.ledger;

import dustwarden.core.Decision;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Holds what is decided now against what is stored, entry by entry, and counts both. */
final class Comparison {
    /** A decision whose line is still to be written. */
    record Due(Decision decision, Supplier<byte[]> line) {
        StoredDecision stored() {
            return new StoredDecision(
                    0, decision.offset(), decision.at(), decision.type(), decision.concerns(), line.get());
        }
    }

    /**
     * What stepping over one entry gave.
     *
     * @param ours whether this core version decided at it when it was journaled; else what it decides now is of no use
     */
    record Step(long offset, boolean ours, List<Due> decided) {}

    private final DecisionCursor stored;
    private final Replay.DifferenceListener listener;
    private final MessageDigest digest = Merkle.newSha256();
    private long decisions;
    private long foreign;
    private OptionalLong firstDifference = OptionalLong.empty();
    private boolean begun;
    private long open;
    private boolean openIsOurs;
    private List<StoredDecision> openDecided = List.of();

    Comparison(DecisionCursor stored, Replay.DifferenceListener listener) {
        this.stored = stored;
        this.listener = listener;
    }

    /** What time alone causes before an entry carries the offset of the entry before it. */
    void step(Step step) {
        List<StoredDecision> now = new ArrayList<>();
        List<StoredDecision> before = new ArrayList<>();
        if (step.ours()) {
            for (Due due : step.decided()) {
                (due.decision().offset() < step.offset() ? before : now).add(due.stored());
            }
        }
        if (begun) {
            List<StoredDecision> kept = stored.of(open);
            if (openIsOurs && !step.ours()) {
                compare(kept, Math.min(openDecided.size(), kept.size()), true);
            } else {
                openDecided.addAll(before);
                compare(kept, kept.size(), true);
            }
        }
        begun = true;
        open = step.offset();
        openIsOurs = step.ours();
        openDecided = now;
    }

    /**
     * Compares what was decided at the last entry.
     *
     * @param nextDecision decisions from this number on came while replaying
     * @param whole whether the journal is decided as far as here; else what time alone caused after the last entry is left out
     */
    void end(long nextDecision, boolean whole) {
        if (begun) {
            List<StoredDecision> last = stored.of(open);
            last.removeIf(d -> d.number() >= nextDecision);
            compare(last, whole ? last.size() : Math.min(openDecided.size(), last.size()), false);
        }
    }

    Replay.Result result(long entries) {
        return new Replay.Result(entries, decisions, foreign, Shelf.hex(digest.digest()), firstDifference);
    }

    /**
     * Compares what was decided at the open entry.
     *
     * @param ofOurs so many of the stored ones were decided as ours were, the rest by another version
     * @param countRest whether that rest belongs to what is replayed
     */
    private void compare(List<StoredDecision> kept, int ofOurs, boolean countRest) {
        if (!openIsOurs) {
            foreign += kept.size();
            kept.forEach(d -> count(d.json()));
            return;
        }
        List<StoredDecision> mine = kept.subList(0, ofOurs);
        List<StoredDecision> now = new ArrayList<>(openDecided.size());
        for (int i = 0; i < openDecided.size(); i++) {
            now.add(openDecided.get(i).numbered(i < mine.size() ? mine.get(i).number() : i));
        }
        now.forEach(d -> count(d.json()));
        if (!now.equals(mine)) {
            if (firstDifference.isEmpty()) {
                firstDifference = OptionalLong.of(open);
            }
            listener.differs(new Replay.Difference(open, List.copyOf(mine), now));
        }
        if (countRest) {
            List<StoredDecision> rest = kept.subList(ofOurs, kept.size());
            foreign += rest.size();
            rest.forEach(d -> count(d.json()));
        }
    }

    private void count(byte[] line) {
        decisions++;
        digest.update(line);
        digest.update((byte) '\n');
    }
}
