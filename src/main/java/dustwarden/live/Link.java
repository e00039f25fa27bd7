package dustwarden.live;

import java.io.IOException;

/** A connection that publishes at QoS 1. Used by one thread; what comes back comes on another. */
interface Link {
    /** Told of by the connection's own threads; must return at once. */
    interface Events {
        void acknowledged(long ticket);

        /** The message will never be taken. */
        void refused(long ticket, String why);

        /** The connection is gone, and with it all that was not acknowledged. */
        void lost(String why);
    }

    /** Connects, where it is not connected; waits at most a few seconds. Answers how many may be in flight at once. */
    int open(Events events) throws IOException;

    /** @throws IOException the connection is as good as lost */
    void publish(long ticket, String topic, byte[] body, boolean retained) throws IOException;

    void close();
}
