package dev.kiln.ignite;

import java.time.Duration;
import java.util.List;

/**
 * How a cluster on this machine is started.
 *
 * @param nodes this JVM and {@code nodes - 1} further ones
 * @param slots how many tasks a node runs at once
 * @param memoryBytes a node's memory for stored blocks, outside the Java heap
 * @param port the first of the three ports a node that listen on loopback, or 0 for free ones; node {@code r} has
 *     {@code port + 3 r} and the next two. A cluster of one node listens nowhere
 * @param heapBytes the largest Java heap of a further node, or 0 for its share of half the machine's memory
 * @param classPath what further nodes find classes on
 * @param failureDetection how long a node may be silent before the others take it for lost; one whose process ended is
 *     noticed at once
 * @param startTimeout how long further nodes may take to come up
 */
public record IgniteClusterOptions(
        int nodes,
        int slots,
        long memoryBytes,
        int port,
        long heapBytes,
        List<String> classPath,
        Duration failureDetection,
        Duration startTimeout) {

    /** The least memory that a node needs for its own tables besides blocks. */
    private static final long LEAST_MEMORY = 16L << 20;

    /** With less heap Ignite runs out of it somewhere in its start, and what it then throws says anything but that. */
    private static final long LEAST_HEAP = 64L << 20;

    /** Checks the ranges. */
    public IgniteClusterOptions {
        if (nodes < 1 || nodes > 64) {
            throw new IllegalArgumentException(nodes + " nodes: expected 1 to 64 on one machine");
        }
        if (slots < 1) {
            throw new IllegalArgumentException(slots + " slots: expected 1 or more");
        }
        if (memoryBytes < LEAST_MEMORY) {
            throw new IllegalArgumentException("memory of " + Bytes.text(memoryBytes)
                    + " for blocks: expected at least " + Bytes.text(LEAST_MEMORY));
        }
        if (heapBytes != 0 && heapBytes < LEAST_HEAP) {
            throw new IllegalArgumentException("a heap of " + Bytes.text(heapBytes) + " for a node: expected at least "
                    + Bytes.text(LEAST_HEAP) + ", or 0 for its share of the machine's memory");
        }
        int last = port + 3 * nodes - 1;
        if (port != 0 && (port < 1024 || last > 65535)) {
            throw new IllegalArgumentException("ports " + port + " to " + last + ": expected 1024 to 65535");
        }
        classPath = List.copyOf(classPath);
    }

    /** So many nodes with so many slots, 1 GB of memory each, the class path of this JVM, the rest as usual. */
    public static IgniteClusterOptions of(int nodes, int slots) {
        return new IgniteClusterOptions(
                nodes, slots, 1L << 30, 0, 0, JvmFlags.classPath(), Duration.ofSeconds(10), Duration.ofSeconds(90));
    }

    /** The same with another memory for blocks. */
    public IgniteClusterOptions withMemory(long bytes) {
        return new IgniteClusterOptions(
                nodes, slots, bytes, port, heapBytes, classPath, failureDetection, startTimeout);
    }

    /** The same with another first port. */
    public IgniteClusterOptions withPort(int first) {
        return new IgniteClusterOptions(
                nodes, slots, memoryBytes, first, heapBytes, classPath, failureDetection, startTimeout);
    }

    /** The same with another largest heap of further nodes. */
    public IgniteClusterOptions withHeap(long bytes) {
        return new IgniteClusterOptions(
                nodes, slots, memoryBytes, port, bytes, classPath, failureDetection, startTimeout);
    }

    /** The same with another class path for further nodes. */
    public IgniteClusterOptions withClassPath(List<String> entries) {
        return new IgniteClusterOptions(
                nodes, slots, memoryBytes, port, heapBytes, entries, failureDetection, startTimeout);
    }

    /** The same with another time of silence after which a node counts as lost. */
    public IgniteClusterOptions withFailureDetection(Duration silence) {
        return new IgniteClusterOptions(nodes, slots, memoryBytes, port, heapBytes, classPath, silence, startTimeout);
    }
}
