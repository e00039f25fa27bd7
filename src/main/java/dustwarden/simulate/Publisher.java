package dustwarden.simulate;

import java.util.concurrent.CompletionStage;

/** Where publications go; each is at least once there when its stage completes. */
public interface Publisher extends AutoCloseable {

    /**
     * Sends one publication at QoS 1.
     *
     * <p>Publications under one device's path arrive in the order in which they were given. The call waits while the
     * bounded window is full, so it belongs on a driver's own thread, never on an event loop.
     *
     * @return completes on the broker's acknowledgement, exceptionally when none came in time
     */
    CompletionStage<Void> publish(Publication publication);

    @Override
    void close();
}
