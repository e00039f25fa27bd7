package dustwarden.app.node;

import dustwarden.core.Entry;
import dustwarden.core.Entry.ContentRef;
import dustwarden.intake.Arrival;
import dustwarden.intake.Inbox;
import dustwarden.ledger.Ledger;
import dustwarden.settings.Checked;
import dustwarden.settings.Contents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts changed site files, rulebooks and profiles in force while the node runs: all are read and checked as at the start,
 * and only content without any problem is journaled. A bad file changes nothing, and what is wrong with it is told.
 *
 * <p>Directories are looked at every few seconds, since editors, network drives and copying tools do not tell reliably. A
 * change is read only when a look later nothing has moved, so that a file that is still being written is left alone.
 */
final class ContentWatch implements AutoCloseable {
    static final Duration LOOK = Duration.ofSeconds(2);
    private static final int FILES_MAX = 100_000;
    private static final int ENTRY_BYTES = 4_096;
    private static final Logger LOG = LoggerFactory.getLogger(ContentWatch.class);

    /** What tells one state of a file from another. */
    private record Stamp(long bytes, long modified) {}

    private final List<Path> directories;
    private final Supplier<Checked<Contents>> load;
    private final Ledger ledger;
    private final Inbox inbox;
    private final List<Consumer<Contents>> listeners = new ArrayList<>();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "content-watch");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<String> problems = List.of();
    private volatile Contents inForce;
    private Map<Path, Stamp> read;
    private Map<Path, Stamp> seen;

    /**
     * Begins with what was read at the start.
     *
     * @param directories that site files, rulebooks and profiles are read from
     * @param load reads and checks everything
     */
    ContentWatch(
            List<Path> directories, Supplier<Checked<Contents>> load, Contents first, Ledger ledger, Inbox inbox) {
        this.directories = List.copyOf(directories);
        this.load = load;
        this.inForce = first;
        this.ledger = ledger;
        this.inbox = inbox;
        // What changed between the first reading and now is found by comparing content, so the first look always reads.
        this.read = Map.of();
        this.seen = Map.of();
    }

    /** Told on the watch's thread, after the change was handed to the journal. */
    void onChange(Consumer<Contents> listener) {
        listeners.add(listener);
    }

    void start() {
        if (!directories.isEmpty()) {
            loop.scheduleWithFixedDelay(this::guardedLook, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** What the journal was last told is in force. */
    Contents inForce() {
        return inForce;
    }

    /** What keeps the files as they are now from being put in force; empty when they are. */
    List<String> problems() {
        return problems;
    }

    private void guardedLook() {
        try {
            look();
        } catch (IOException | RuntimeException | Error e) {
            LOG.atError().setCause(e).log("site files and rulebooks could not be looked at; what is in force stays");
        }
    }

    /** One look at the directories. */
    void look() throws IOException {
        Map<Path, Stamp> now = stamps();
        boolean still = now.equals(seen);
        seen = now;
        if (still && !now.equals(read)) {
            if (take()) {
                read = now;
            }
        }
    }

    private Map<Path, Stamp> stamps() throws IOException {
        Map<Path, Stamp> found = new TreeMap<>();
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                found.put(directory, new Stamp(-1, -1));
                continue;
            }
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : (Iterable<Path>) files.limit(FILES_MAX)::iterator) {
                    found.put(file, stamp(file));
                }
            }
        }
        return found;
    }

    private static Stamp stamp(Path file) {
        try {
            return new Stamp(Files.size(file), Files.getLastModifiedTime(file).toMillis());
        } catch (IOException e) {
            // Gone since it was listed: the next look will not list it.
            return new Stamp(-1, -1);
        }
    }

    /** Answers whether this state of the files needs no further look. */
    private boolean take() {
        Checked<Contents> checked = load.get();
        if (!checked.problems().isEmpty() || checked.value().isEmpty()) {
            if (!checked.problems().equals(problems)) {
                problems = List.copyOf(checked.problems());
                problems.forEach(problem -> LOG.atWarn().addKeyValue("problem", problem)
                        .log("changed content is not put in force"));
            }
            return true;
        }
        Contents next = checked.value().get();
        Set<ContentRef> before = new HashSet<>(inForce.refs());
        if (before.equals(new HashSet<>(next.refs()))) {
            problems = List.of();
            return true;
        }
        // Content is on disk before an entry names it.
        ledger.putContents(next.all().stream()
                .filter(c -> !before.contains(c.ref()))
                .map(c -> new Ledger.NewContent(c.ref(), c.json().getBytes(StandardCharsets.UTF_8)))
                .toList());
        if (!inbox.offer(Arrival.of(received -> new Entry.Changed(received, next.refs()), ENTRY_BYTES))) {
            return false;
        }
        tell(before, next);
        problems = List.of();
        inForce = next;
        listeners.forEach(listener -> listener.accept(next));
        return true;
    }

    private static void tell(Set<ContentRef> before, Contents next) {
        next.refs().stream().filter(ref -> !before.contains(ref)).forEach(ref -> LOG.atInfo()
                .addKeyValue("kind", ref.kind())
                .addKeyValue("id", ref.name())
                .addKeyValue("sha256", ref.sha256())
                .log("put in force"));
        before.stream().filter(ref -> next.refs().stream().noneMatch(r -> isSameThing(r, ref))).forEach(ref -> LOG.atInfo()
                .addKeyValue("kind", ref.kind())
                .addKeyValue("id", ref.name())
                .log("no longer in force"));
    }

    private static boolean isSameThing(ContentRef one, ContentRef other) {
        return one.kind().equals(other.kind()) && one.name().equals(other.name());
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }
}
