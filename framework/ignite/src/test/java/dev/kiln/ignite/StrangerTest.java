package dev.kiln.ignite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.ignite.IgniteException;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let into a cluster. */
final class StrangerTest {

    @TempDir
    private Path folder;

    @Test
    void an_ignite_node_without_the_token_is_refused_and_the_cluster_goes_on() throws Exception {
        try (var cluster = new SameJvm(2, 24L << 20)) {
            List<Integer> ports = Ports.free(NodeNetwork.PORTS);
            NodeSettings real = cluster.settings.get(1);
            var impostor = new NodeSettings(
                    "stranger",
                    1,
                    2,
                    2,
                    24L << 20,
                    NodeNetwork.loopback(ports, real.network().firstPort()),
                    real.failureDetection(),
                    ClusterToken.random(),
                    folder);
            for (IgniteConfiguration stranger : List.of(
                    plain(ports.getFirst(), real.network().firstPort()),
                    NodeConfiguration.of(
                            impostor,
                            new KilnPlugin(impostor.token(), impostor.founders(), false),
                            new Log4jLogger(),
                            (ignite, context) -> false))) {
                var refused = assertThrows(IgniteException.class, () -> Ignition.start(stranger));
                String reason = StartFailure.reason(refused);
                assertTrue(reason.contains("belongs to somebody else"), reason);
            }
            assertEquals(2, cluster.nodes.getFirst().ignite().cluster().nodes().size());
            cluster.nodes.getFirst().cache().put(1, 1, 1, new byte[] {1});
        }
    }

    private IgniteConfiguration plain(int port, int known) {
        var finder = new TcpDiscoveryVmIpFinder();
        finder.setAddresses(List.of("127.0.0.1:" + known));
        return new IgniteConfiguration()
                .setIgniteInstanceName("plain")
                .setWorkDirectory(folder.toString())
                .setLocalHost("127.0.0.1")
                .setConnectorConfiguration(null)
                .setClientConnectorConfiguration(null)
                .setGridLogger(new Log4jLogger())
                .setDiscoverySpi(new TcpDiscoverySpi()
                        .setLocalPort(port)
                        .setLocalPortRange(0)
                        .setIpFinder(finder));
    }

    @Test
    void a_proof_is_good_for_one_node_and_one_cluster() {
        ClusterToken token = ClusterToken.random();
        UUID node = new UUID(1, 2);
        assertTrue(token.accepts(node, ClusterToken.parse(token.secretText()).proof(node)));
        assertFalse(token.accepts(new UUID(1, 3), token.proof(node)));
        assertFalse(token.accepts(node, ClusterToken.random().proof(node)));
        assertFalse(token.accepts(node, null));
        assertFalse(token.accepts(node, "text"));
        assertFalse(token.toString().contains(token.secretText()));
    }
}
