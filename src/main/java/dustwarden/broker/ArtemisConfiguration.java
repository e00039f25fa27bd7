package dustwarden.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.DiskFullMessagePolicy;

/** Artemis set up as a small MQTT broker: synced to disk, bounded, without management or clustering. */
final class ArtemisConfiguration {
    static final String ACCEPTOR = "mqtt";

    private static final int MIB = 1 << 20;
    private static final int SESSION_SECONDS_OF_3_1_1 = 7 * 86_400;
    private static final int KEEP_ALIVE_SECONDS_MAX = 65_535;

    private ArtemisConfiguration() {}

    static Configuration of(Path directory, BrokerLimits limits) throws Exception {
        Configuration artemis = new ConfigurationImpl().setName("dustwarden");
        store(artemis, directory);
        bounds(artemis, limits);
        closeSideDoors(artemis);
        // Addresses are topics as they are, so that no two topics meet in one address.
        artemis.setWildCardConfiguration(new WildcardConfiguration()
                .setDelimiter('/')
                .setSingleWord('+')
                .setAnyWords('#'));
        artemis.getAddressSettings().put("#", everyTopic());
        artemis.addAcceptorConfiguration(acceptor(limits));
        return artemis;
    }

    private static void store(Configuration artemis, Path directory) {
        artemis.setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalDatasync(true)
                .setJournalFileSize(4 * MIB)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(4)
                .setJournalCompactMinFiles(8)
                .setJournalBufferSize_NIO(512 << 10)
                .setJournalBufferTimeout_NIO(500_000)
                .setJournalLockAcquisitionTimeout(5_000)
                .setPageSyncTimeout(500_000);
    }

    private static void bounds(Configuration artemis, BrokerLimits limits) {
        artemis.setThreadPoolMaxSize(8)
                .setScheduledThreadPoolMaxSize(2)
                .setPageMaxConcurrentIO(2)
                .setGlobalMaxSize(limits.heapBytesMax())
                .setMaxDiskUsage(-1)
                .setMinDiskFree(limits.diskFreeBytesMin())
                .setDiskScanPeriod(2_000)
                .setIDCacheSize(0)
                .setPersistIDCache(false)
                .setAuthenticationCacheSize(0)
                .setAuthorizationCacheSize(0);
    }

    private static void closeSideDoors(Configuration artemis) {
        String unguessable = "$" + UUID.randomUUID();
        artemis.setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .setJMXNotificationEnabled(false)
                .setMessageCounterEnabled(false)
                .setSuppressSessionNotifications(true)
                .setCriticalAnalyzer(false)
                .setGracefulShutdownEnabled(false)
                .setConfigurationFileRefreshPeriod(-1)
                .setClusterUser(unguessable + "-user")
                .setClusterPassword(UUID.randomUUID().toString())
                .setManagementAddress(SimpleString.of(unguessable + "-management"))
                .setManagementNotificationAddress(SimpleString.of(unguessable + "-notifications"));
    }

    private static AddressSettings everyTopic() {
        return new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(-1)
                .setPageSizeBytes(MIB)
                .setMaxReadPageBytes(2 * MIB)
                .setPrefetchPageBytes(MIB)
                .setDiskFullMessagePolicy(DiskFullMessagePolicy.FAIL)
                // Never give a message up because its reader has fallen over several times.
                .setMaxDeliveryAttempts(-1)
                .setAutoCreateAddresses(true)
                .setAutoDeleteAddresses(true)
                .setAutoCreateQueues(true)
                .setAutoDeleteQueues(false)
                .setInitialQueueBufferSize(16)
                .setIDCacheSize(0)
                .setEnableMetrics(false);
    }

    private static TransportConfiguration acceptor(BrokerLimits limits) {
        Map<String, Object> parameters = Map.of(
                "protocols", "MQTT",
                // Connections are accepted by our own listener and handed over.
                "httpUpgradeEnabled", true,
                "useEpoll", false,
                "useKQueue", false,
                "remotingThreads", 1,
                "quietPeriod", 0,
                "maximumPacketSize", limits.packetBytesMax(),
                "topicAliasMaximum", 64,
                "serverKeepAlive", KEEP_ALIVE_SECONDS_MAX,
                "defaultMqttSessionExpiryInterval", SESSION_SECONDS_OF_3_1_1);
        return new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), parameters, ACCEPTOR);
    }
}
