package dustwarden.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Packs the canonical encodings of a block into few bytes and back, bit for bit.
 *
 * <p>An item is cut after its first and its second line end; the three parts of all items are packed apart, because times,
 * topics and payloads each repeat in their own way. Eight bytes of a hash close the block, so that no bit of it can change unseen.
 */
final class BlockCodec {
    private static final int VERSION = 1;
    private static final int CHECK = 8;
    private static final int UNPACKED_MAX = 64 << 20;

    private BlockCodec() {}

    static byte[] encode(List<byte[]> items) {
        Out words = new Out(8192);
        Out packed = new Out(16384);
        TextColumn[] parts = {new TextColumn(), new TextColumn(), new TextColumn()};
        for (byte[] item : items) {
            int head = afterLine(item, 0);
            int topic = afterLine(item, head);
            parts[0].add(item, 0, head);
            parts[1].add(item, head, topic);
            parts[2].add(item, topic, item.length);
        }
        for (TextColumn part : parts) {
            part.write(words, packed);
        }
        byte[] deflated = deflate(words);
        Out out = new Out(deflated.length + packed.size() + 32);
        out.put(VERSION).varint(items.size());
        out.varint(words.size()).varint(deflated.length).put(deflated);
        out.put(packed.array(), 0, packed.size());
        out.put(Merkle.sha256(out.toBytes()), 0, CHECK);
        return out.toBytes();
    }

    /** @throws In.Damaged the bytes are not what was encoded */
    static List<byte[]> decode(byte[] block) {
        Parts parts = new Parts(block);
        TextColumn.Texts head = parts.next();
        TextColumn.Texts second = parts.next();
        TextColumn.Texts rest = parts.next();
        List<byte[]> items = new ArrayList<>(parts.count);
        Out item = new Out(1024);
        for (int i = 0; i < parts.count; i++) {
            item.clear();
            head.putNext(item);
            second.putNext(item);
            rest.putNext(item);
            items.add(item.toBytes());
        }
        return items;
    }

    /**
     * Unpacks the items up to their second line end, and the rest only where any of them is wanted.
     *
     * @param wanted asked about the first and the second line of each
     * @throws In.Damaged the bytes are not what was encoded
     */
    static Optional<List<byte[]>> decodeIf(byte[] block, BiPredicate<byte[], byte[]> wanted) {
        Parts parts = new Parts(block);
        TextColumn.Texts head = parts.next();
        TextColumn.Texts second = parts.next();
        List<byte[]> begun = new ArrayList<>(parts.count);
        Out item = new Out(1024);
        boolean any = false;
        for (int i = 0; i < parts.count; i++) {
            item.clear();
            head.putNext(item);
            int line = item.size();
            second.putNext(item);
            byte[] both = item.toBytes();
            begun.add(both);
            any = any || wanted.test(Arrays.copyOf(both, line), Arrays.copyOfRange(both, line, both.length));
        }
        if (!any) {
            return Optional.empty();
        }
        TextColumn.Texts rest = parts.next();
        List<byte[]> items = new ArrayList<>(parts.count);
        for (byte[] both : begun) {
            item.clear();
            item.put(both);
            rest.putNext(item);
            items.add(item.toBytes());
        }
        return Optional.of(items);
    }

    /** The columns of a block, to be read in order. */
    private static final class Parts {
        private final In packed;
        private final In words;
        private final int count;

        Parts(byte[] block) {
            packed = checked(block);
            int version = packed.next();
            if (version != VERSION) {
                throw new In.Damaged("a block of version " + version + ", known is " + VERSION);
            }
            count = packed.size(Integer.MAX_VALUE);
            int unpacked = packed.size(UNPACKED_MAX);
            words = new In(inflate(packed.take(packed.size(packed.left())), unpacked));
        }

        TextColumn.Texts next() {
            return TextColumn.read(words, packed, count);
        }
    }

    private static int afterLine(byte[] item, int from) {
        for (int i = from; i < item.length; i++) {
            if (item[i] == '\n') {
                return i + 1;
            }
        }
        return item.length;
    }

    /** Packs one piece of bytes that stands alone. */
    static byte[] packAlone(byte[] bytes) {
        byte[] deflated = deflate(new Out(bytes.length).put(bytes));
        Out out = new Out(deflated.length + 16).varint(bytes.length).put(deflated);
        return out.put(Merkle.sha256(out.toBytes()), 0, CHECK).toBytes();
    }

    /** @throws In.Damaged the bytes are not what was packed */
    static byte[] unpackAlone(byte[] packed) {
        In in = checked(packed);
        int size = in.size(UNPACKED_MAX);
        return inflate(in.take(in.left()), size);
    }

    private static In checked(byte[] bytes) {
        int end = bytes.length - CHECK;
        if (end < 1) {
            throw new In.Damaged("only " + bytes.length + " bytes");
        }
        byte[] check = Arrays.copyOf(Merkle.sha256(Arrays.copyOf(bytes, end)), CHECK);
        if (!Arrays.equals(check, Arrays.copyOfRange(bytes, end, bytes.length))) {
            throw new In.Damaged("the check does not fit the bytes");
        }
        return new In(bytes, 0, end);
    }

    private static byte[] deflate(Out words) {
        Deflater deflater = new Deflater(5, true);
        try {
            deflater.setInput(words.array(), 0, words.size());
            deflater.finish();
            Out out = new Out(words.size() / 3 + 64);
            byte[] chunk = new byte[8192];
            while (!deflater.finished()) {
                out.put(chunk, 0, deflater.deflate(chunk));
            }
            return out.toBytes();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] deflated, int length) {
        Inflater inflater = new Inflater(true);
        try {
            // One byte of padding, which the raw format may ask for.
            inflater.setInput(Arrays.copyOf(deflated, deflated.length + 1));
            byte[] bytes = new byte[length];
            int got = 0;
            while (got < length) {
                int more = inflater.inflate(bytes, got, length - got);
                if (more == 0) {
                    throw new In.Damaged("unpacks to " + got + " bytes where " + length + " were wanted");
                }
                got += more;
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new In.Damaged("does not unpack: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
