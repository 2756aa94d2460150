package dev.kiln.ignite;

import static org.apache.ignite.events.EventType.EVT_NODE_FAILED;
import static org.apache.ignite.events.EventType.EVT_NODE_LEFT;

import java.util.List;
import java.util.Map;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.PartitionLossPolicy;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.DataPageEvictionMode;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.configuration.SystemDataRegionConfiguration;
import org.apache.ignite.failure.FailureHandler;
import org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi;
import org.apache.ignite.spi.discovery.isolated.IsolatedDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.apache.ignite.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** How Kiln has Ignite run: small, silent, on one address, which is loopback but in jobs, with one cache. */
final class NodeConfiguration {

    static final String BLOCKS = "kiln-blocks";
    static final String REGION = "kiln";

    private static final int SOCKET_BUFFER = 256 << 10;
    static final int PAGE = 16 << 10;

    /** The tables of an empty cache of 1,024 partitions, and what rounding up to pages costs. */
    private static final long TABLES = 96L << 20;

    private NodeConfiguration() {}

    /** Properties that Ignite reads from the system; those set already are left alone. */
    static void prepareJvm() {
        Map.of(
                        "IGNITE_NO_ASCII", "true",
                        "IGNITE_QUIET", "true",
                        "IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true",
                        "IGNITE_UPDATE_NOTIFIER", "false",
                        "IGNITE_NO_SHUTDOWN_HOOK", "true")
                .forEach((key, value) -> {
                    if (System.getProperty(key) == null) {
                        System.setProperty(key, value);
                    }
                });
    }

    static IgniteConfiguration of(NodeSettings node, KilnPlugin plugin, Log4jLogger log, FailureHandler onFailure) {
        long silence = node.failureDetection().toMillis();
        IgniteConfiguration c = new IgniteConfiguration()
                .setIgniteInstanceName(node.instanceName())
                .setConsistentId(node.instanceName())
                .setWorkDirectory(node.workFolder().toString())
                .setGridLogger(log)
                .setLocalHost(node.network().address())
                .setConnectorConfiguration(null)
                .setClientConnectorConfiguration(null)
                .setPeerClassLoadingEnabled(false)
                .setIncludeProperties()
                .setUserAttributes(Map.of(ShardAffinity.RANK, node.rank(), DataWire.ADDRESS, DataWire.address(node)))
                .setPluginProviders(plugin)
                .setMetricsLogFrequency(0)
                .setIncludeEventTypes(EVT_NODE_FAILED, EVT_NODE_LEFT)
                .setFailureDetectionTimeout(silence)
                .setClientFailureDetectionTimeout(Math.max(silence, 5_000))
                .setSystemWorkerBlockedTimeout(Math.max(silence, 60_000))
                .setFailureHandler(onFailure)
                .setDataStorageConfiguration(storage(node))
                .setCacheConfiguration(blocks(node.founders()));
        pools(c);
        network(c, node);
        return c;
    }

    /** Ignite's pools run no user code, so they stay small whatever the machine. */
    private static void pools(IgniteConfiguration c) {
        c.setPublicThreadPoolSize(2)
                .setSystemThreadPoolSize(4)
                .setStripedPoolSize(4)
                .setServiceThreadPoolSize(1)
                .setDataStreamerThreadPoolSize(1)
                .setManagementThreadPoolSize(1)
                .setUtilityCachePoolSize(1)
                .setQueryThreadPoolSize(1)
                .setAsyncCallbackPoolSize(1)
                .setBuildIndexThreadPoolSize(1)
                .setSnapshotThreadPoolSize(1)
                .setRebalanceThreadPoolSize(1)
                .setPeerClassLoadingThreadPoolSize(1);
    }

    private static void network(IgniteConfiguration c, NodeSettings node) {
        if (!node.network().listens()) {
            c.setDiscoverySpi(new IsolatedDiscoverySpi()).setCommunicationSpi(new NoNetwork());
            return;
        }
        NodeNetwork network = node.network();
        // The list holds node 0 alone: whoever is not node 0 finds it there or does not start.
        var known = new TcpDiscoveryVmIpFinder();
        known.setAddresses(List.of(network.firstAddress() + ":" + network.firstPort()));
        c.setDiscoverySpi(new TcpDiscoverySpi()
                .setLocalAddress(network.address())
                .setLocalPort(network.discoveryPort())
                .setLocalPortRange(0)
                .setJoinTimeout(30_000)
                .setReconnectDelay(500)
                .setStatisticsPrintFrequency(0)
                .setIpFinder(known));
        c.setCommunicationSpi(new TcpCommunicationSpi()
                .setLocalAddress(network.address())
                .setLocalPort(network.communicationPort())
                .setLocalPortRange(0)
                .setSelectorsCount(2)
                .setSocketReceiveBuffer(SOCKET_BUFFER)
                .setSocketSendBuffer(SOCKET_BUFFER)
                .setMessageQueueLimit(0));
        NodeNetwork.@Nullable Keys keys = network.keys();
        if (keys != null) {
            c.setSslContextFactory(encryption(keys));
        }
    }

    /** Both ends of a connection show the cluster's one certificate, and take no other. */
    private static SslContextFactory encryption(NodeNetwork.Keys keys) {
        var ssl = new SslContextFactory();
        ssl.setKeyStoreType("PKCS12");
        ssl.setKeyStoreFilePath(keys.file().toString());
        ssl.setKeyStorePassword(keys.password().toCharArray());
        ssl.setTrustStoreType("PKCS12");
        ssl.setTrustStoreFilePath(keys.file().toString());
        ssl.setTrustStorePassword(keys.password().toCharArray());
        ssl.setProtocol("TLSv1.3");
        return ssl;
    }

    private static DataStorageConfiguration storage(NodeSettings node) {
        // A region that is really full takes its JVM down. RegionGauge refuses blocks at the asked size; the region
        // itself is larger (address space, not memory) for the blocks that a node inherits when another is lost.
        long largest = (node.founders() > 2 ? 2 : 1) * node.memoryBytes() + TABLES;
        return new DataStorageConfiguration()
                .setPageSize(PAGE)
                .setSystemDataRegionConfiguration(new SystemDataRegionConfiguration()
                        .setInitialSize(16L << 20)
                        .setMaxSize(64L << 20))
                .setDefaultDataRegionConfiguration(new DataRegionConfiguration()
                        .setName(REGION)
                        .setInitialSize(32L << 20)
                        .setMaxSize(largest)
                        .setPageEvictionMode(DataPageEvictionMode.DISABLED));
    }

    private static CacheConfiguration<Object, byte[]> blocks(int founders) {
        return new CacheConfiguration<Object, byte[]>(BLOCKS)
                .setCacheMode(CacheMode.PARTITIONED)
                .setAtomicityMode(CacheAtomicityMode.ATOMIC)
                .setBackups(backups(founders))
                .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                .setPartitionLossPolicy(PartitionLossPolicy.IGNORE)
                .setAffinity(new ShardAffinity(founders))
                .setEventsDisabled(true)
                .setStatisticsEnabled(false);
    }

    static int backups(int founders) {
        return founders > 1 ? 1 : 0;
    }
}
