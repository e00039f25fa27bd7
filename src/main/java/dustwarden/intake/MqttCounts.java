package dustwarden.intake;

/**
 * Counts of an MQTT intake since its start.
 *
 * @param messages taken into the inbox
 * @param oversize of these, those kept by length and hash only
 * @param unassured of these, those of QoS 0, which no broker sends twice
 * @param acknowledged messages
 * @param stale acknowledgements for a connection that was gone; their messages come again
 * @param dropped messages of QoS 0 lost because the inbox stayed full
 * @param failures callbacks that failed; their messages come again
 * @param connects connections that were made
 * @param losses connections that ended
 * @param attempts connections that were tried
 */
public record MqttCounts(
        long messages,
        long oversize,
        long unassured,
        long acknowledged,
        long stale,
        long dropped,
        long failures,
        long connects,
        long losses,
        long attempts) {}
