package dustwarden.live;

/**
 * A day's account with a bureau.
 *
 * @param day the local date
 * @param judged readings of that day that the core took
 * @param acknowledged real-time frames of it that the bureau has
 * @param dropped frames that were given up for lack of room
 */
public record BureauDay(String day, long judged, long acknowledged, long dropped) {
    /** Readings that the bureau lacks. */
    public long missing() {
        return Math.max(0, judged - acknowledged);
    }
}
