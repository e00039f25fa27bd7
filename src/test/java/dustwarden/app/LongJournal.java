package dustwarden.app;

import dustwarden.app.node.JournaledCore;
import dustwarden.core.CoreVersion;
import dustwarden.core.Entry;
import dustwarden.intake.TimedCheckpoint;
import dustwarden.ledger.Position;
import dustwarden.ledger.Replay;
import dustwarden.ledger.SqliteLedger;
import dustwarden.ledger.StateCodec;
import dustwarden.ledger.StoredDecision;
import dustwarden.ledger.StoredEntry;
import dustwarden.settings.ContentLoader;
import dustwarden.settings.ContentSources;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A journal of any length over many sites, written as a running node writes one: a commit holds a batch of entries and what
 * was decided at the batch before. The same length and sites give the same entries, however they are grouped and however
 * often the node starts anew. Run again over what a killed run left, it goes on from there.
 */
final class LongJournal {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /**
     * How the stream is cut.
     *
     * @param batchMax a batch has 1 to so many entries, at random
     * @param resumedEvery after so many entries of devices stands one that says that the system started; 0: only the first
     * @param restarts whether the core does start anew there, after the loss of what it had not committed; else it just goes on
     */
    record Cut(int batchMax, long resumedEvery, boolean restarts) {}

    private final Contents contents;
    private final Cut cut;
    private final SqliteLedger ledger;
    private final Random sizes = new Random(3);
    private JournaledCore core;
    private TimedCheckpoint checkpoint;
    private List<StoredDecision> pending = new ArrayList<>();
    private long steppedTo;
    private long restarted;

    private LongJournal(SqliteLedger ledger, Contents contents, Cut cut) {
        this.ledger = ledger;
        this.contents = contents;
        this.cut = cut;
    }

    /** {@code DIR ENTRIES SITES BATCH-MAX RESUMED-EVERY restart|go-on}. */
    public static void main(String[] args) throws IOException {
        long began = System.nanoTime();
        Cut cut = new Cut(Integer.parseInt(args[3]), Long.parseLong(args[4]), args[5].equals("restart"));
        System.out.println(write(Path.of(args[0]), Long.parseLong(args[1]), Integer.parseInt(args[2]), cut) + " in "
                + (System.nanoTime() - began) / 1_000_000_000L + " s");
    }

    /** Writes until the journal holds so many entries of devices. */
    static String write(Path data, long entries, int sites, Cut cut) throws IOException {
        Contents contents = contents(sites);
        try (SqliteLedger ledger = SqliteLedger.open(data, InstantSource.system(), ZONE)) {
            contents.all().forEach(each ->
                    ledger.putContent(each.kind(), each.name(), each.json().getBytes(StandardCharsets.UTF_8)));
            LongJournal journal = new LongJournal(ledger, contents, cut);
            journal.write(entries, new LongStream(sites));
            Position end = ledger.position();
            return "entries " + end.nextOffset() + " decisions " + end.nextDecision() + " restarts " + journal.restarted;
        }
    }

    private void write(long wanted, Iterator<Entry> stream) {
        long written = open();
        for (long n = 0; n < written; n++) {
            steppedTo = Math.max(steppedTo, stream.next().received());
        }
        if (written > 0 || ledger.position().nextOffset() == 0) {
            turn(List.of(resumed(written == 0 ? LongStream.START : steppedTo)));
        }
        List<Entry> batch = new ArrayList<>();
        int size = 1 + sizes.nextInt(cut.batchMax());
        while (written < wanted) {
            batch.add(stream.next());
            written++;
            boolean resumes = cut.resumedEvery() > 0 && written % cut.resumedEvery() == 0;
            if (batch.size() >= size || resumes || written == wanted) {
                if (resumes && cut.restarts()) {
                    // What was decided at the batch before is committed with it; what is decided at it is lost.
                    ledger.append(batch, pending, ledger.position().nextOffset());
                    restarted++;
                    open();
                } else {
                    turn(batch);
                }
                if (resumes) {
                    turn(List.of(resumed(steppedTo)));
                }
                batch = new ArrayList<>();
                size = 1 + sizes.nextInt(cut.batchMax());
            }
        }
        ledger.append(List.of(), pending, ledger.position().nextOffset());
    }

    /** A new core over what is stored; the number of entries of devices in it. */
    private long open() {
        core = JournaledCore.of(ledger);
        checkpoint = new TimedCheckpoint(core, new StateCodec(), CoreVersion.CURRENT, ZONE, 50);
        pending = new ArrayList<>();
        Position end = ledger.position();
        long from = core.restore(end.applied());
        Replay.Result again = new Replay(ledger, core, core, difference -> {}).range(from, end.applied());
        if (!again.same()) {
            throw new IllegalStateException("a start decides otherwise at " + again.firstDifference());
        }
        for (long at = end.applied(); at < end.nextOffset(); ) {
            for (StoredEntry each : ledger.entries(at, 1000)) {
                step(each.offset(), each.entry());
                at++;
            }
        }
        long devices = 0;
        for (long at = 0; at < end.nextOffset(); ) {
            List<StoredEntry> page = ledger.entries(at, 1000);
            devices += page.stream().filter(each -> each.entry() instanceof Entry.Message).count();
            at += page.size();
        }
        return devices;
    }

    private Entry resumed(long at) {
        return new Entry.Resumed(at, CoreVersion.CURRENT, contents.refs());
    }

    private void turn(List<Entry> entries) {
        long first = ledger.position().nextOffset();
        ledger.append(entries, pending, first);
        pending = new ArrayList<>();
        checkpoint.due(first, steppedTo).ifPresent(ledger::putSnapshot);
        for (int i = 0; i < entries.size(); i++) {
            step(first + i, entries.get(i));
        }
    }

    private void step(long offset, Entry entry) {
        steppedTo = entry.received();
        long number = ledger.position().nextDecision() + pending.size();
        for (var decision : core.step(offset, entry)) {
            pending.add(core.stored(number++, decision));
        }
    }

    private static Contents contents(int sites) throws IOException {
        Path directory = Files.createTempDirectory("long-journal");
        try {
            for (int n = 0; n < sites; n++) {
                Files.writeString(directory.resolve(LongStream.site(n) + ".yaml"), site(n), StandardCharsets.UTF_8);
            }
            return ContentLoader.load(ContentSources.of(directory, Optional.empty()), password -> "0".repeat(64))
                    .value().orElseThrow();
        } finally {
            for (int n = 0; n < sites; n++) {
                Files.deleteIfExists(directory.resolve(LongStream.site(n) + ".yaml"));
            }
            Files.delete(directory);
        }
    }

    private static String site(int n) {
        return """
                site: %s
                name: {zh: 长日志工地, en: Site of a long journal}
                region: "410000/410700/410702"
                rulebook: [henan-seven, gb-16297-1996]
                floorArea: 8000
                phases: [{from: 2020-01-01, to: 2099-12-31, works: [earthwork, haulage]}]
                units:
                  - {id: fence-01, kind: fence, length: 200, height: 2.5}
                  - {id: soil-01, kind: soil, area: 800}
                  - {id: road-01, kind: road, area: 400}
                gates: [{id: gate-a}]
                devices:
                  - {id: dust-1, kind: monitor, every: PT1M}
                  - {id: cam-1, kind: camera, every: PT10M}
                  - {id: wash-a, kind: gate, gate: gate-a, every: PT10M}
                  - {id: fence-s1, kind: unit-sensor, units: [fence-01, soil-01, road-01], every: PT10M}
                  - {id: spray-1, kind: spray, every: PT10M, suppresses: [earthwork]}
                  - {id: dig-1, kind: activity, activity: earthwork, every: PT10M}
                """.formatted(LongStream.site(n));
    }
}
