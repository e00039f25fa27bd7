package dustwarden.core.decode;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The keys of one JSON object, to notice a repeated one; a plain array while they are few. */
final class KeySet {
    private static final int FEW = 16;

    private String[] few = new String[8];
    private int count;
    private Set<String> many;

    /** Whether the key is new. */
    boolean add(String key) {
        if (many != null) {
            return many.add(key);
        }
        for (int i = 0; i < count; i++) {
            if (few[i].equals(key)) {
                return false;
            }
        }
        if (count < FEW) {
            few = count == few.length ? Arrays.copyOf(few, FEW) : few;
            few[count++] = key;
            return true;
        }
        many = new HashSet<>(Set.of(few));
        return many.add(key);
    }

    void clear() {
        count = 0;
        many = null;
    }
}
