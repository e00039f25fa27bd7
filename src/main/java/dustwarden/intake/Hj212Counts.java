package dustwarden.intake;

/**
 * Counts of the HJ 212 server since its start.
 *
 * @param connections open now
 * @param turnedAway connections closed at once because there were too many
 * @param rubbish connections closed because they sent only rubbish
 * @param deaf connections closed because they did not read our answers
 * @param frames taken into the inbox
 * @param answered frames answered after they were on disk
 */
public record Hj212Counts(long connections, long turnedAway, long rubbish, long deaf, long frames, long answered) {}
