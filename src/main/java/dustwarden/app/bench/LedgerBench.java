package dustwarden.app.bench;

import dustwarden.app.node.JournaledCore;
import dustwarden.core.ContentReader;
import dustwarden.core.Core;
import dustwarden.core.CoreVersion;
import dustwarden.core.Decision;
import dustwarden.core.DecisionJson;
import dustwarden.core.Entry;
import dustwarden.ledger.DecisionWriter;
import dustwarden.ledger.Replay;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.StoredDecision;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger alone: readings appended and synced to disk in batches, the bytes that they take, and judging them again. */
final class LedgerBench {
    private static final int BATCH = 1_000;
    private static final int BATCHES_MIN = 20;

    private final Contents contents;
    private final Map<String, String> byHash;
    private final int sites;
    private final long start;

    LedgerBench(Contents contents, long start) {
        this.contents = contents;
        this.byHash = contents.byHash();
        this.sites = contents.sites().size();
        this.start = start;
    }

    void run(Path directory, double seconds, Figures figures) throws IOException {
        long entries;
        try (SqliteLedger ledger = SqliteLedger.open(directory, InstantSource.system(), ZoneId.of("Asia/Shanghai"))) {
            contents.all().forEach(each ->
                    ledger.putContent(each.kind(), each.name(), each.json().getBytes(StandardCharsets.UTF_8)));
            entries = append(ledger, seconds / 2, figures);
            replay(ledger, figures);
        }
        try (var files = Files.list(directory)) {
            long bytes = files.filter(file -> file.getFileName().toString().startsWith("ledger.db"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            figures.add("ledger_entry_with_decisions", bytes / (double) entries, "B");
        }
    }

    /** Decisions go along, made outside of the time that is taken. */
    private long append(SqliteLedger ledger, double seconds, Figures figures) {
        Core core = new Core(new ContentReader(byHash::get));
        long offset = 0;
        long number = 0;
        long tookNs = 0;
        List<Entry> batch = new ArrayList<>(List.of(new Entry.Resumed(start, CoreVersion.CURRENT, contents.refs())));
        while (tookNs < seconds * 1e9 || offset < BATCHES_MIN * BATCH) {
            List<StoredDecision> decided = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                for (Decision d : core.step(offset + i, batch.get(i))) {
                    decided.add(writer(core).stored(number++, d));
                }
            }
            offset += batch.size();
            long begin = System.nanoTime();
            ledger.append(batch, decided, offset);
            tookNs += System.nanoTime() - begin;
            batch = batch(offset);
        }
        figures.add("ledger_entries_per_second", offset * 1e9 / tookNs, "1/s");
        return offset;
    }

    private List<Entry> batch(long first) {
        List<Entry> batch = new ArrayList<>(BATCH);
        for (long n = first; n < first + BATCH; n++) {
            int site = (int) (n % sites);
            long ts = start + n * 60_000 / sites;
            batch.add(new Entry.Message(
                    ts, Entry.Source.MQTT, "dust/v1/" + BenchSites.id(site) + "/dust-1/reading",
                    BenchSites.reading(ts, n / sites, 40 + n * 7 % 600 / 10.0).getBytes(StandardCharsets.UTF_8), false,
                    Optional.empty()));
        }
        return batch;
    }

    /** As {@code replay} does it, by the wall; of it the core takes what its thread, which only steps, was busy. */
    private static void replay(SqliteLedger ledger, Figures figures) {
        JournaledCore core = JournaledCore.of(ledger);
        long begin = System.nanoTime();
        long busy = ThreadTime.nanos();
        Replay.Result result = new Replay(ledger, core, core, difference -> {}).all();
        double coreNs = ThreadTime.nanos() - busy;
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (!result.same()) {
            throw new IllegalStateException("judged again, the bench's journal decides otherwise at " + result.firstDifference());
        }
        figures.add("replay_entries_per_second", result.entries() / seconds, "1/s");
        figures.add("replay_entry_in_core", coreNs / 1e3 / result.entries(), "us");
    }

    private static DecisionWriter writer(Core core) {
        return decision -> DecisionJson.bytes(decision, core.zoneOf(decision));
    }
}
