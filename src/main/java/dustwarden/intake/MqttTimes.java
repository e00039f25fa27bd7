package dustwarden.intake;

import java.time.Duration;

/** How long things may take between us and a broker. */
final class MqttTimes {
    /** How long a broker of MQTT 5 keeps our session while we are away. */
    static final Duration SESSION = Duration.ofDays(7);

    static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    /** For the connection and for the broker's answer, each. */
    static final Duration CONNECT = Duration.ofSeconds(15);
    /** A connection or subscription that takes longer is given up. */
    static final Duration OPENING_MOST = Duration.ofSeconds(40);
    /** Without a byte for so long, though it is asked each keep-alive, a broker is taken for dead. */
    static final Duration SILENCE_MOST = Duration.ofSeconds(75);
    /** A full inbox holds the connection back for so long, which is well within the keep-alive; then it is ended. */
    static final Duration HOLD_MOST = Duration.ofSeconds(15);
    /** How long a stop waits for what was taken to be journaled and acknowledged. */
    static final Duration CLOSE_MOST = Duration.ofSeconds(3);
    static final Duration TICK = Duration.ofMillis(500);

    private MqttTimes() {}
}
