package dustwarden.app;

import dustwarden.core.Content;
import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.CoreVersion;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.core.rule.Rulebook;
import dustwarden.ledger.LedgerReading;
import dustwarden.ledger.SnapshotSet;
import dustwarden.ledger.StateCodec;
import dustwarden.ledger.Stepper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A fresh core over the content that a journal names, perhaps with other rulebooks in place of those of the same id. */
final class JournalCore implements Stepper {
    private final LedgerReading ledger;
    private final Core core;

    JournalCore(LedgerReading ledger, List<Rulebook> others) {
        this.ledger = ledger;
        ContentReader journaled = new ContentReader(sha256 -> new String(
                ledger.content(sha256).orElseThrow(() -> new IllegalStateException("the ledger has no content " + sha256)),
                StandardCharsets.UTF_8));
        this.core = new Core(refs -> with(others, journaled.apply(refs)));
    }

    private static Content with(List<Rulebook> others, Content journaled) {
        if (others.isEmpty()) {
            return journaled;
        }
        Map<String, Rulebook> rulebooks = new HashMap<>(journaled.rulebooks());
        others.forEach(other -> rulebooks.put(other.id(), other));
        return new Content(journaled.register(), rulebooks, journaled.makers(), journaled.zone());
    }

    @Override
    public List<Decision> step(long offset, Entry entry) {
        return core.step(offset, entry);
    }

    /** Whether a site that is in force names this rulebook. */
    boolean isNamed(String rulebook) {
        return core.content().register().sites().stream().anyMatch(site -> site.rulebooks().contains(rulebook));
    }

    byte[] write(Decision decision) {
        return DecisionJson.write(decision, core.zoneOf(decision)).getBytes(StandardCharsets.UTF_8);
    }

    /** Takes back the newest stored states at or below an offset; the offset from which on to step, 0 without any. */
    long restore(long offsetAtMost) {
        Optional<SnapshotSet> set = ledger.snapshot(CoreVersion.CURRENT, offsetAtMost);
        if (set.isEmpty()) {
            return 0;
        }
        StateCodec codec = new StateCodec();
        Map<String, Object> states = new TreeMap<>();
        set.get().states().forEach((key, bytes) -> states.put(key, codec.read(bytes)));
        core.restore(states, set.get().at(), set.get().applied() - 1);
        return set.get().applied();
    }
}
