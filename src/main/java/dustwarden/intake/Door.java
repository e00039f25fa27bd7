package dustwarden.intake;

import java.time.Duration;

/** The way into the inbox, as an intake sees it. */
interface Door {
    /** As {@link Inbox#offer}. */
    boolean offer(Arrival arrival);

    /** As {@link Inbox#awaitRoom}. */
    boolean awaitRoom(Duration most) throws InterruptedException;

    static Door of(Inbox inbox) {
        return new Door() {
            @Override
            public boolean offer(Arrival arrival) {
                return inbox.offer(arrival);
            }

            @Override
            public boolean awaitRoom(Duration most) throws InterruptedException {
                return inbox.awaitRoom(most);
            }
        };
    }
}
