package dustwarden.core.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class Spelling {
    private static final int DISTANCE_MAX = 2;

    private Spelling() {}

    /** A known word at most two letters away, and nearer than half the word. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(k -> distance(word, k) <= Math.min(DISTANCE_MAX, Math.max(1, word.length() / 2)))
                .min(Comparator.<String>comparingInt(k -> distance(word, k)).thenComparing(Comparator.naturalOrder()));
    }

    /** What to tell somebody who wrote an unknown word. */
    public static String advice(String word, Collection<String> known) {
        return nearest(word, known)
                .map(k -> "did you mean " + k + "?")
                .orElseGet(() -> known.isEmpty()
                        ? "none is"
                        : "known are " + String.join(", ", known.stream().sorted().toList()));
    }

    /** Levenshtein's distance, without regard to case. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(java.util.Locale.ROOT);
        String b = right.toLowerCase(java.util.Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int swap = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(swap, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
