package dustwarden.app.node;

import dustwarden.core.Content;
import dustwarden.core.Core;
import dustwarden.core.CoreVersion;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.core.Taken;
import dustwarden.core.rule.Rulebook;
import dustwarden.intake.StateSource;
import dustwarden.ledger.DecisionWriter;
import dustwarden.ledger.LedgerContents;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.SnapshotSet;
import dustwarden.ledger.StateCodec;
import dustwarden.ledger.Stepper;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The core on a journal, over the content that its entries name; touched by one thread only. */
public final class JournaledCore implements Stepper, DecisionWriter, StateSource {
    private final LedgerReading ledger;
    private final Core core;

    private JournaledCore(LedgerReading ledger, Core core) {
        this.ledger = ledger;
        this.core = core;
    }

    /** A new core. */
    public static JournaledCore of(LedgerReading ledger) {
        return of(ledger, new LedgerContents(ledger));
    }

    static JournaledCore of(LedgerReading ledger, Function<List<Entry.ContentRef>, Content> contents) {
        return new JournaledCore(ledger, new Core(contents));
    }

    /** A new core that judges by other rulebooks in place of those of the same id. */
    public static JournaledCore with(LedgerReading ledger, List<Rulebook> others) {
        LedgerContents journaled = new LedgerContents(ledger);
        return others.isEmpty() ? of(ledger) : of(ledger, refs -> with(others, journaled.apply(refs)));
    }

    private static Content with(List<Rulebook> others, Content journaled) {
        Map<String, Rulebook> rulebooks = new HashMap<>(journaled.rulebooks());
        others.forEach(other -> rulebooks.put(other.id(), other));
        return new Content(journaled.register(), rulebooks, journaled.makers(), journaled.zone(), journaled.common());
    }

    /** Takes back the newest stored states at or below an offset; the offset from which on to step, 0 without any. */
    public long restore(long offsetAtMost) {
        Optional<SnapshotSet> found = ledger.snapshot(CoreVersion.CURRENT, offsetAtMost);
        if (found.isEmpty()) {
            return 0;
        }
        StateCodec codec = new StateCodec();
        Map<String, Object> states = new TreeMap<>();
        found.get().states().forEach((key, bytes) -> states.put(key, codec.read(bytes)));
        core.restore(states, found.get().at(), found.get().applied() - 1);
        return found.get().applied();
    }

    /** Whether a site that is in force names this rulebook. */
    public boolean isNamed(String rulebook) {
        return core.content().register().sites().stream().anyMatch(site -> site.rulebooks().contains(rulebook));
    }

    @Override
    public List<Decision> step(long offset, Entry entry) {
        return core.step(offset, entry);
    }

    @Override
    public Optional<List<Taken>> taken() {
        return core.taken();
    }

    @Override
    public byte[] write(Decision decision) {
        return DecisionJson.bytes(decision, core.zoneOf(decision));
    }

    @Override
    public Supplier<byte[]> later(Decision decision) {
        ZoneId zone = core.zoneOf(decision);
        return () -> DecisionJson.bytes(decision, zone);
    }

    @Override
    public Map<String, Object> states() {
        return core.states();
    }

    @Override
    public Map<String, Object> changedStates() {
        return core.changedStates();
    }
}
