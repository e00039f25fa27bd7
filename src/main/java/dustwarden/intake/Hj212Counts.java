package dustwarden.intake;

/**
 * Counts of the HJ 212 server since its start.
 *
 * @param connections open now
 * @param turnedAway connections closed at once because there were too many
 * @param rubbish connections closed because they sent only rubbish
 * @param deaf connections closed because they did not read our answers
 * @param slow connections closed because one frame took them more than a minute
 * @param frames taken into the inbox
 * @param answered answers and requests sent
 * @param unknown different MNs that the register does not know
 */
public record Hj212Counts(
        long connections,
        long turnedAway,
        long rubbish,
        long deaf,
        long slow,
        long frames,
        long answered,
        long unknown) {}
