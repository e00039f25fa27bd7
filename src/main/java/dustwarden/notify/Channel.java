package dustwarden.notify;

/** A way to tell people; one class each, with its settings beside it. Used by one thread, which it may block for seconds. */
public interface Channel extends AutoCloseable {
    /** How an attempt went. */
    sealed interface Answer {
        /** What the other side said, in short. */
        String text();

        /** It was taken. */
        record Taken(String text) implements Answer {}

        /** It was not, and may be another time. */
        record NotNow(String text) implements Answer {}

        /** It was not and never will be. */
        record Never(String text) implements Answer {}
    }

    /** Sends one notice and waits for the answer, at most some seconds. */
    Answer send(Notice notice, NoticeText text);

    @Override
    default void close() {
        // Most hold nothing that needs an end.
    }
}
