package dustwarden.ledger;

import dustwarden.core.CoreVersion;
import dustwarden.core.Decision;
import dustwarden.core.Entry;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Steps a core over stored entries again and compares what it decides with what is stored.
 *
 * <p>Only stretches that this core version decided are compared; of others the stored lines count as they are.
 */
public final class Replay {
    private static final int PAGE = 1000;

    /** An entry at which the decisions differ. */
    public record Difference(long offset, List<StoredDecision> stored, List<StoredDecision> decided) {}

    /** Told of each difference as it is found. */
    @FunctionalInterface
    public interface DifferenceListener {
        void differs(Difference difference);
    }

    /**
     * What a replay found.
     *
     * @param decisions in the digest
     * @param foreign how many of them another core version decided, and were therefore not compared
     * @param digest hex of the SHA-256 of all decision lines, each with a line end
     * @param firstDifference offset of the first entry whose decisions differ; empty where none does
     */
    public record Result(long entries, long decisions, long foreign, String digest, OptionalLong firstDifference) {
        /** {@code entries N decisions N digest HEX}. */
        public String line() {
            return "entries " + entries + " decisions " + decisions + " digest " + digest;
        }

        public boolean same() {
            return firstDifference.isEmpty();
        }
    }

    private final LedgerReading ledger;
    private final Stepper core;
    private final DecisionWriter writer;
    private final DifferenceListener listener;
    private final MessageDigest digest = Merkle.newSha256();
    private long decisions;
    private long foreign;
    private OptionalLong firstDifference = OptionalLong.empty();
    private boolean ours;
    private long open;
    private boolean openIsOurs;
    private List<StoredDecision> openDecided = List.of();

    public Replay(LedgerReading ledger, Stepper core, DecisionWriter writer, DifferenceListener listener) {
        this.ledger = ledger;
        this.core = core.guarded((offset, failure) -> {});
        this.writer = writer;
        this.listener = listener;
    }

    /** The whole journal as far as it is decided. */
    public Result all() {
        return range(0, ledger.position().applied());
    }

    /**
     * The entries at {@code from..to}, where the core has stepped those before; once only.
     *
     * @param from 0, or where a snapshot of this core version was taken
     */
    public Result range(long from, long to) {
        ours = from > 0;
        Position end = ledger.position();
        DecisionCursor stored = new DecisionCursor(ledger, ledger.firstDecisionAt(from));
        long at = from;
        while (at < to) {
            List<StoredEntry> page = ledger.entries(at, (int) Math.min(PAGE, to - at));
            if (page.isEmpty()) {
                throw new In.Damaged("the journal ends at " + at + " before " + to);
            }
            for (StoredEntry e : page) {
                step(e, stored, e.offset() == from);
            }
            at += page.size();
        }
        if (at > from) {
            List<StoredDecision> last = stored.of(open);
            last.removeIf(d -> d.number() >= end.nextDecision());
            compare(last, to < end.applied() ? Math.min(openDecided.size(), last.size()) : last.size(), false);
        }
        return new Result(at - from, decisions, foreign, Shelf.hex(digest.digest()), firstDifference);
    }

    /** What time alone causes before an entry carries the offset of the entry before it. */
    private void step(StoredEntry e, DecisionCursor stored, boolean first) {
        if (e.entry() instanceof Entry.Resumed r) {
            ours = r.coreVersion().equals(CoreVersion.CURRENT);
        }
        List<StoredDecision> now = new ArrayList<>();
        List<StoredDecision> before = new ArrayList<>();
        for (Decision d : core.step(e.offset(), e.entry())) {
            (d.offset() < e.offset() ? before : now).add(writer.stored(0, d));
        }
        if (!first) {
            List<StoredDecision> kept = stored.of(open);
            if (openIsOurs && !ours) {
                compare(kept, Math.min(openDecided.size(), kept.size()), true);
            } else {
                openDecided.addAll(before);
                compare(kept, kept.size(), true);
            }
        }
        open = e.offset();
        openIsOurs = ours;
        openDecided = now;
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
            StoredDecision d = openDecided.get(i);
            long number = i < mine.size() ? mine.get(i).number() : i;
            now.add(new StoredDecision(number, d.offset(), d.at(), d.type(), d.site(), d.json()));
        }
        now.forEach(d -> count(d.json()));
        if (!now.equals(mine)) {
            if (firstDifference.isEmpty()) {
                firstDifference = OptionalLong.of(open);
            }
            listener.differs(new Difference(open, List.copyOf(mine), now));
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
