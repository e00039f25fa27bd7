package dustwarden.app.node;

import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.CoreVersion;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.intake.StateSource;
import dustwarden.ledger.DecisionWriter;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.SnapshotSet;
import dustwarden.ledger.StateCodec;
import dustwarden.ledger.Stepper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The core on a journal: taken back from the newest states that are stored, or new; touched by one thread only. */
final class JournaledCore implements Stepper, DecisionWriter, StateSource {
    private final Core core;
    private final long coreAt;

    private JournaledCore(Core core, long coreAt) {
        this.core = core;
        this.coreAt = coreAt;
    }

    /** The core as it was after the newest stored states, which hold all entries below {@link #coreAt}. */
    static JournaledCore restore(LedgerReading ledger) {
        Core core = new Core(contents(ledger));
        Optional<SnapshotSet> found = ledger.snapshot(CoreVersion.CURRENT, ledger.position().applied());
        if (found.isEmpty()) {
            return new JournaledCore(core, 0);
        }
        StateCodec codec = new StateCodec();
        Map<String, Object> states = new TreeMap<>();
        found.get().states().forEach((key, bytes) -> states.put(key, codec.read(bytes)));
        core.restore(states, found.get().at(), found.get().applied() - 1);
        return new JournaledCore(core, found.get().applied());
    }

    /** Reads the content that entries refer to out of a ledger. */
    static ContentReader contents(LedgerReading ledger) {
        return new ContentReader(sha256 -> ledger.content(sha256)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new IllegalStateException("the ledger lacks the content " + sha256)));
    }

    long coreAt() {
        return coreAt;
    }

    @Override
    public List<Decision> step(long offset, Entry entry) {
        return core.step(offset, entry);
    }

    @Override
    public byte[] write(Decision decision) {
        return DecisionJson.write(decision, core.zoneOf(decision)).getBytes(StandardCharsets.UTF_8);
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
