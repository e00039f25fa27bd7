package dustwarden.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Texts of one part of a block, taken apart into what repeats and the numbers in between.
 *
 * <p>A text becomes a pattern, in which every decimal number stands as one {@code 0}, and its numbers. Texts of the same
 * pattern share one column of numbers for each place; a pattern too rare to share is kept as it came.
 */
final class TextColumn {
    private static final int SHARED_MIN = 4;
    private static final int NUMBERS_MAX = 256;
    private static final int DIGITS_MAX = 17;
    private static final int UNSHARED = -1;

    /** A pattern as key of a map; equality is that of its bytes. */
    private record Pattern(byte[] bytes, int hash) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Pattern p && hash == p.hash && Arrays.equals(bytes, p.bytes);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final Map<Pattern, Integer> ids = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<IntList> members = new ArrayList<>();
    private final Out pattern = new Out(512);
    private final NumberTexts numbers = new NumberTexts();
    private final IntList firstNumber = new IntList();
    private final IntList patternOf = new IntList();
    private final IntList from = new IntList();
    private final IntList to = new IntList();
    private final List<byte[]> sources = new ArrayList<>();

    /** Adds the text at {@code start..end} of {@code source}, which must not change until the column is written. */
    void add(byte[] source, int start, int end) {
        sources.add(source);
        from.add(start);
        to.add(end);
        firstNumber.add(numbers.size());
        int before = numbers.size();
        pattern.clear();
        int at = start;
        while (at < end) {
            int next = NumberTexts.isStart(source, at, end) ? numbers.take(source, at, end, DIGITS_MAX) : at;
            if (next > at) {
                pattern.put('0');
                at = next;
            } else {
                pattern.put(source[at++]);
            }
        }
        if (numbers.size() - before > NUMBERS_MAX) {
            numbers.drop(before);
            patternOf.add(UNSHARED);
            return;
        }
        Pattern key = new Pattern(pattern.array(), hash(pattern));
        patternOf.add(idOf(key));
    }

    private int idOf(Pattern key) {
        Pattern exact = new Pattern(pattern.toBytes(), key.hash());
        Integer known = ids.get(exact);
        if (known == null) {
            known = patterns.size();
            ids.put(exact, known);
            patterns.add(exact);
            members.add(new IntList());
        }
        members.get(known).add(patternOf.size());
        return known;
    }

    private static int hash(Out text) {
        int hash = 1;
        byte[] bytes = text.array();
        for (int i = 0; i < text.size(); i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** Writes patterns and unshared texts to {@code words}, which a general compressor then takes, and numbers to {@code packed}. */
    void write(Out words, Out packed) {
        int[] codeOf = new int[patterns.size()];
        int shared = 0;
        for (int p = 0; p < codeOf.length; p++) {
            codeOf[p] = members.get(p).size() >= SHARED_MIN ? ++shared : 0;
        }
        words.varint(shared);
        for (int p = 0; p < codeOf.length; p++) {
            if (codeOf[p] > 0) {
                byte[] bytes = patterns.get(p).bytes();
                words.varint(bytes.length).put(bytes);
            }
        }
        long[] codes = new long[patternOf.size()];
        for (int i = 0; i < codes.length; i++) {
            int p = patternOf.get(i);
            codes[i] = p == UNSHARED ? 0 : codeOf[p];
            if (codes[i] == 0) {
                int length = to.get(i) - from.get(i);
                words.varint(length).put(sources.get(i), from.get(i), length);
            }
        }
        NumberColumn.write(packed, codes, codes.length);
        for (int p = 0; p < codeOf.length; p++) {
            if (codeOf[p] > 0) {
                writeNumbers(members.get(p), packed);
            }
        }
    }

    private void writeNumbers(IntList texts, Out packed) {
        int first = texts.get(0);
        int after = first + 1 < firstNumber.size() ? firstNumber.get(first + 1) : numbers.size();
        int places = after - firstNumber.get(first);
        int[] rows = new int[texts.size()];
        for (int place = 0; place < places; place++) {
            for (int i = 0; i < rows.length; i++) {
                rows[i] = firstNumber.get(texts.get(i)) + place;
            }
            numbers.writeColumn(packed, rows);
        }
    }

    /** Opens a column of {@code count} texts, which are then put out one after the other. */
    static Texts read(In words, In packed, int count) {
        int shared = words.size(count);
        List<byte[]> patterns = new ArrayList<>(shared);
        for (int p = 0; p < shared; p++) {
            patterns.add(words.take(words.size(words.left())));
        }
        long[] codes = NumberColumn.read(packed, count);
        int[] rowsOf = new int[shared + 1];
        for (long code : codes) {
            if (code < 0 || code > shared) {
                throw new In.Damaged("pattern " + code + " of " + shared);
            }
            rowsOf[(int) code]++;
        }
        Filled[] filled = new Filled[shared];
        for (int p = 0; p < shared; p++) {
            filled[p] = new Filled(patterns.get(p), rowsOf[p + 1], packed);
        }
        List<byte[]> unshared = new ArrayList<>(rowsOf[0]);
        for (int i = 0; i < rowsOf[0]; i++) {
            unshared.add(words.take(words.size(words.left())));
        }
        return new Texts(codes, filled, unshared.iterator());
    }

    /** The texts of a column, read in order. */
    static final class Texts {
        private final long[] codes;
        private final Filled[] filled;
        private final Iterator<byte[]> unshared;
        private int at;

        private Texts(long[] codes, Filled[] filled, Iterator<byte[]> unshared) {
            this.codes = codes;
            this.filled = filled;
            this.unshared = unshared;
        }

        void putNext(Out out) {
            int code = (int) codes[at++];
            if (code == 0) {
                out.put(unshared.next());
            } else {
                filled[code - 1].putNext(out);
            }
        }
    }

    /** A pattern with the numbers of all its texts. */
    private static final class Filled {
        private final byte[] pattern;
        /** Where each number stands in the pattern, and the pattern's end. */
        private final int[] places;
        private final NumberTexts.Column[] columns;
        private int row;

        Filled(byte[] pattern, int rows, In packed) {
            this.pattern = pattern;
            IntList found = new IntList();
            for (int i = 0; i < pattern.length; i++) {
                if (pattern[i] == '0') {
                    found.add(i);
                }
            }
            columns = new NumberTexts.Column[found.size()];
            places = new int[found.size() + 1];
            for (int place = 0; place < columns.length; place++) {
                places[place] = found.get(place);
                columns[place] = NumberTexts.readColumn(packed, rows);
            }
            places[columns.length] = pattern.length;
        }

        void putNext(Out out) {
            int from = 0;
            for (int place = 0; place < columns.length; place++) {
                out.put(pattern, from, places[place] - from);
                columns[place].write(out, row);
                from = places[place] + 1;
            }
            out.put(pattern, from, pattern.length - from);
            row++;
        }
    }
}
