package dustwarden.ledger;

import dustwarden.core.CoreVersion;
import dustwarden.core.Decision;
import dustwarden.core.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Told of each difference as it is found, on a thread beside the core's. */
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
    private final Handoff<List<StoredEntry>> pages = new Handoff<>();
    private final Handoff<List<Comparison.Step>> steps = new Handoff<>();
    private boolean ours;

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
     * <p>The core steps on the caller's thread. Beside it one thread reads and unpacks entries ahead, and another writes the
     * decisions, which the core does not need any more, and compares them; both have ended when this returns.
     *
     * @param from 0, or where a snapshot of this core version was taken
     */
    public Result range(long from, long to) {
        ours = from > 0;
        Position end = ledger.position();
        Comparison comparison = new Comparison(new DecisionCursor(ledger, ledger.firstDecisionAt(from)), listener);
        List<Thread> beside = List.of(
                pages.start("replay-read", () -> read(from, to)), steps.start("replay-compare", () -> compare(comparison)));
        long entries = 0;
        try {
            for (Optional<List<StoredEntry>> page = pages.take(); page.isPresent(); page = pages.take()) {
                steps.put(page.get().stream().map(this::step).toList());
                entries += page.get().size();
            }
        } finally {
            pages.end();
            steps.end();
            for (Thread each : beside) {
                if (Joined.interrupted(each)) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        steps.rethrow();
        comparison.end(end.nextDecision(), to >= end.applied());
        return comparison.result(entries);
    }

    private void read(long from, long to) {
        boolean wanted = true;
        for (long at = from; at < to && wanted; ) {
            List<StoredEntry> page = ledger.entries(at, (int) Math.min(PAGE, to - at));
            if (page.isEmpty()) {
                throw new In.Damaged("the journal ends at " + at + " before " + to);
            }
            wanted = pages.put(page);
            at += page.size();
        }
    }

    private void compare(Comparison comparison) {
        for (Optional<List<Comparison.Step>> page = steps.take(); page.isPresent(); page = steps.take()) {
            page.get().forEach(comparison::step);
        }
    }

    private Comparison.Step step(StoredEntry e) {
        if (e.entry() instanceof Entry.Resumed r) {
            ours = r.coreVersion().equals(CoreVersion.CURRENT);
        }
        List<Decision> decided = core.step(e.offset(), e.entry());
        if (decided.isEmpty()) {
            return new Comparison.Step(e.offset(), ours, List.of());
        }
        List<Comparison.Due> due = new ArrayList<>(decided.size());
        for (Decision each : decided) {
            due.add(new Comparison.Due(each, writer.later(each)));
        }
        return new Comparison.Step(e.offset(), ours, due);
    }
}
