package dustwarden.simulate;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Whatever publishes in a scenario: a device, or a region's office. */
interface Voice {

    /**
     * Gives what is published from inclusive to exclusive, in any order.
     *
     * @param stamp the true time that a moment of the schedule stands for
     */
    void between(Instant from, Instant to, UnaryOperator<Instant> stamp, Consumer<Publication> out);

    /** Gives what is published on connecting. */
    void opening(Instant at, UnaryOperator<Instant> stamp, Consumer<Publication> out);
}
