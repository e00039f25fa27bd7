package dustwarden.broker;

/**
 * What the broker has let in and refused since it started.
 *
 * @param connections open now
 * @param loginsRefused wrong name or secret, or a client id that cannot be
 * @param pathsRefused publishes, wills and subscriptions to a path that was not the client's
 * @param packetsRefused connections closed for bytes that are not good MQTT, too many bytes, or no login in time
 * @param diskFull whether publishing fails for lack of disk; somebody must make room
 */
public record BrokerCounts(
        int connections, long loginsRefused, long pathsRefused, long packetsRefused, boolean diskFull) {}
