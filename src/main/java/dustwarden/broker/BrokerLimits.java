package dustwarden.broker;

/**
 * The bounds of the embedded broker; each is positive.
 *
 * @param packetBytesMax the longest MQTT packet; what is longer ends its connection
 * @param connectionsMax connections open at once; further ones are closed at once
 * @param heapBytesMax messages kept in memory; what is beyond is paged to disk
 * @param diskFreeBytesMin below this much free disk, publishing fails and the client is cut off unacknowledged
 */
public record BrokerLimits(
        int packetBytesMax, int connectionsMax, long heapBytesMax, long diskFreeBytesMin) {
    private static final int MIB = 1 << 20;

    /** 8 MiB a packet, 20,000 connections, 32 MiB of messages in memory, 256 MiB of disk kept free. */
    public static final BrokerLimits DEFAULT = new BrokerLimits(8 * MIB, 20_000, 32 * MIB, 256 * MIB);

    public BrokerLimits {
        positive("packetBytesMax", packetBytesMax);
        positive("connectionsMax", connectionsMax);
        positive("heapBytesMax", heapBytesMax);
        positive("diskFreeBytesMin", diskFreeBytesMin);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be positive");
        }
    }
}
