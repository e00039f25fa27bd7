package dustwarden.intake;

import dustwarden.core.model.Text;
import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with the broker.
 *
 * @param since when it came to this kind
 * @param sentence for a person
 * @param lastTrouble the newest trouble since the start, also when all is well again
 */
public record MqttState(Kind kind, Instant since, Text sentence, Optional<Text> lastTrouble) {
    /** Kinds of state. */
    public enum Kind {
        /** Trying to connect, or waiting to try again. */
        CONNECTING,
        /** Connected and subscribed. */
        CONNECTED,
        /** The journal takes nothing: messages wait at the broker. */
        HELD_BACK,
        /** Another process uses our client id. */
        TAKEN_OVER,
        CLOSED
    }

    public boolean isConnected() {
        return kind == Kind.CONNECTED;
    }
}
