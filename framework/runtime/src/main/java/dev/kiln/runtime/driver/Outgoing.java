package dev.kiln.runtime.driver;

import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.wire.ToNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Gathers messages to nodes, so that what many events entail is handed over at once: a node takes its monitors once for
 * all of them. Each node is sent its messages in order. Not thread-safe: the owner of the driver's loop has it, and
 * flushes it before letting go.
 */
final class Outgoing {

    /** More are worth no waiting: what is handed over is on its way while the next events are handled. */
    private static final int MOST = 32;

    private final ClusterLink link;
    private long workflow = -1;
    /** By the number of the node. */
    private final List<List<ToNode>> gathered = new ArrayList<>();
    /** The nodes that have any. */
    private final BitSet waiting = new BitSet();

    Outgoing(ClusterLink link) {
        this.link = link;
    }

    void attached(long number) {
        workflow = number;
    }

    void send(int node, ToNode message) {
        while (gathered.size() <= node) {
            gathered.add(new ArrayList<>());
        }
        List<ToNode> messages = gathered.get(node);
        messages.add(message);
        waiting.set(node);
        if (messages.size() == MOST) {
            handOver(node);
        }
    }

    /** Hands over what was gathered; to be called too before a node is asked for anything by another way. */
    void flush() {
        for (int node = waiting.nextSetBit(0); node >= 0; node = waiting.nextSetBit(node + 1)) {
            handOver(node);
        }
    }

    private void handOver(int node) {
        List<ToNode> messages = gathered.get(node);
        link.send(node, workflow, messages);
        messages.clear();
        waiting.clear(node);
    }
}
