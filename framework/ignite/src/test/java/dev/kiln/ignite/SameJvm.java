package dev.kiln.ignite;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Several Ignite nodes in the JVM of the test, with {@link EchoNode echoes} for workers. */
final class SameJvm implements AutoCloseable {

    final DriverLink drivers = new DriverLink(new dev.kiln.runtime.objects.MemoryStates());
    final List<IgniteNode> nodes = new ArrayList<>();
    final List<EchoNode> echoes = new ArrayList<>();
    final List<NodeSettings> settings = new ArrayList<>();
    private final RunFolder folder = RunFolder.create(Path.of(System.getProperty("java.io.tmpdir")), Instant.now());

    SameJvm(int founders, long memory) throws Exception {
        ClusterToken token = ClusterToken.random();
        List<Integer> ports = Ports.free(NodeNetwork.PORTS * founders);
        for (int rank = 0; rank < founders; rank++) {
            settings.add(new NodeSettings(
                    "test" + ports.getFirst(),
                    rank,
                    founders,
                    2,
                    memory,
                    NodeNetwork.loopback(
                            ports.subList(NodeNetwork.PORTS * rank, NodeNetwork.PORTS * (rank + 1)), ports.getFirst()),
                    Machine.STALL,
                    token,
                    folder.path()));
        }
        for (NodeSettings node : settings) {
            boolean first = node.rank() == 0;
            nodes.add(IgniteNode.start(
                    node,
                    (s, link) -> {
                        EchoNode echo = new EchoNode(link);
                        echoes.add(echo);
                        return echo;
                    },
                    (ignite, context) -> false,
                    first ? drivers : null,
                    first ? drivers::nodeLost : rank -> {}));
            drivers.up(node.rank()).get(60, TimeUnit.SECONDS);
        }
    }

    Path folder() {
        return folder.path();
    }

    @Override
    public void close() {
        drivers.close();
        nodes.reversed().forEach(IgniteNode::close);
        folder.close();
    }
}
