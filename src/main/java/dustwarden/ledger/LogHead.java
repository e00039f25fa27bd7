package dustwarden.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The growing end of a log; immutable, so that a commit that fails leaves nothing to undo.
 *
 * <p>Where blocks begin and end follows from the items alone, never from how they came in batches.
 */
final class LogHead {
    static final int BLOCK_ITEMS = 512;
    static final int BLOCK_BYTES = 256 << 10;
    static final byte[] GENESIS = new byte[32];

    /** What an append adds to the log; {@code tailReplaced} where the stored tails are in the blocks now. */
    record Growth(LogHead head, List<Block> blocks, List<Day> days, boolean tailReplaced, Optional<Tail> tail) {}

    private final long sealed;
    private final byte[] chain;
    private final List<byte[]> open;
    private final List<byte[]> leaves;
    private final long openMark;
    private final byte[] tailHash;
    private final long day;
    private final long dayFirst;
    private final Frontier dayRoots;

    private LogHead(
            long sealed,
            byte[] chain,
            List<byte[]> open,
            List<byte[]> leaves,
            long openMark,
            byte[] tailHash,
            long day,
            long dayFirst,
            Frontier dayRoots) {
        this.sealed = sealed;
        this.chain = chain;
        this.open = open;
        this.leaves = leaves;
        this.openMark = openMark;
        this.tailHash = tailHash;
        this.day = day;
        this.dayFirst = dayFirst;
        this.dayRoots = dayRoots;
    }

    /** A head as it was stored: what is sealed, and the items that still wait. */
    static LogHead stored(
            long sealed, byte[] chain, List<byte[]> open, long openMark, byte[] tailHash, long day, long dayFirst, Frontier roots) {
        List<byte[]> leaves = open.stream().map(Merkle::leaf).toList();
        return new LogHead(sealed, chain, List.copyOf(open), leaves, openMark, tailHash, day, dayFirst, roots);
    }

    static LogHead empty() {
        return new LogHead(0, GENESIS, List.of(), List.of(), 0, GENESIS, Long.MIN_VALUE, 0, Frontier.EMPTY);
    }

    long next() {
        return sealed + open.size();
    }

    /** Covers every item of the log. */
    byte[] hash() {
        return tailHash;
    }

    boolean endsAs(long next, byte[] hash) {
        return next() == next && Arrays.equals(tailHash, hash);
    }

    long day() {
        return day;
    }

    Growth plus(List<Item> items) {
        Growing growing = new Growing();
        items.forEach(growing::add);
        return growing.done(items.size());
    }

    private final class Growing {
        private final List<Block> blocks = new ArrayList<>();
        private final List<Day> days = new ArrayList<>();
        private long from = sealed;
        private byte[] link = chain;
        private List<byte[]> items = new ArrayList<>(open);
        private List<byte[]> hashes = new ArrayList<>(leaves);
        private long bytes = open.stream().mapToLong(i -> i.length).sum();
        private long mark = openMark;
        private long today = day;
        private long todayFirst = dayFirst;
        private Frontier roots = dayRoots;

        void add(Item item) {
            if (item.day() > today) {
                closeDay();
                today = item.day();
            }
            items.add(item.canonical());
            hashes.add(Merkle.leaf(item.canonical()));
            bytes += item.canonical().length;
            mark = item.mark();
            if (items.size() == BLOCK_ITEMS || bytes >= BLOCK_BYTES) {
                seal();
            }
        }

        private void seal() {
            byte[] root = Merkle.root(hashes);
            link = Merkle.chain(link, root);
            blocks.add(new Block(from, items, mark, root, link));
            roots = roots.plus(root);
            from += items.size();
            items = new ArrayList<>();
            hashes = new ArrayList<>();
            bytes = 0;
        }

        private void closeDay() {
            if (!items.isEmpty()) {
                seal();
            }
            if (roots.count() > 0) {
                days.add(new Day(today, todayFirst, from, roots.count(), roots.root()));
            }
            todayFirst = from;
            roots = Frontier.EMPTY;
        }

        Growth done(int added) {
            boolean replaced = !blocks.isEmpty();
            int fresh = replaced ? items.size() : added;
            List<byte[]> tailItems = items.subList(items.size() - fresh, items.size());
            byte[] before = replaced ? link : tailHash;
            Optional<Tail> tail = tailItems.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Tail(
                            from + items.size() - fresh,
                            tailItems,
                            Merkle.tail(before, hashes.subList(hashes.size() - fresh, hashes.size()))));
            byte[] hash = tail.map(Tail::hash).orElse(before);
            LogHead head = new LogHead(from, link, items, hashes, mark, hash, today, todayFirst, roots);
            return new Growth(head, blocks, days, replaced, tail);
        }
    }
}
