package dustwarden.notify;

import java.time.Duration;

/** A way to tell people; one class each, with its settings beside it. Used by one thread, which it may block for seconds. */
public interface Channel extends AutoCloseable {
    /** How an attempt went, by the other side's own code and not by the transport's alone. */
    sealed interface Answer {
        /** What the other side said, in short and without secrets. */
        String text();

        /** It was taken. */
        record Taken(String text) implements Answer {}

        /** It was not, and may be another time. @param mayHaveArrived only the answer was not heard */
        record NotNow(String text, boolean mayHaveArrived) implements Answer {
            public NotNow(String text) {
                this(text, false);
            }
        }

        /** Too much was sent; nothing more is taken for a time. */
        record Throttled(String text, Duration pause) implements Answer {}

        /** This one was not taken and never will be; others may. */
        record Never(String text) implements Answer {}

        /** Nothing will be taken until somebody changes a setting: a wrong signature, a removed key, a refused login. */
        record Dead(String text) implements Answer {}
    }

    /** @param request SHA-256 (hex) of what was sent; empty where nothing was */
    record Reply(Answer answer, String request) {}

    /** Sends one message and waits for the answer, at most some seconds. */
    Reply send(Parcel parcel);

    @Override
    default void close() {
        // Most hold nothing that needs an end.
    }
}
