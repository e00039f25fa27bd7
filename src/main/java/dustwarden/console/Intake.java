package dustwarden.console;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Takes observations over HTTP and answers once they are in the journal. */
public interface Intake {
    /** @param index the element's place in the body, 0 for a single object */
    record Refusal(int index, String reason, String detail) {}

    /** @param accepted elements that count, duplicates of counted ones too */
    record Receipt(int accepted, List<Refusal> refusals) {
        public Receipt {
            refusals = List.copyOf(refusals);
        }
    }

    /** Fails with {@link Busy} where the inbox is full; the body is given as it came. */
    Future<Receipt> accept(String site, String device, String stream, Buffer body);

    /** Whether a device's secret is right; hashing belongs off the event loop. */
    Future<Boolean> permits(String site, String device, String secret);

    /** The inbox is full or the journal stands still: try again later. */
    final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Busy(String message) {
            super(message);
        }
    }
}
