package dev.kiln.command;

import dev.kiln.tasks.WorkflowOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that runs tasks; a picocli mixin. */
public final class ClusterOptions {

    /** Those below that say what a cluster is like, and so are of no use where one runs already. */
    static final List<String> SHAPE = List.of("--nodes", "--slots", "--memory", "--port");

    private static final long USUAL_MEMORY = 1L << 30;
    private static final Duration USUAL_EVERY = Duration.ofSeconds(30);

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many nodes: this JVM and N-1 more on this machine (default: ${DEFAULT-VALUE}).")
    private int nodes = 1;

    @Option(
            names = "--slots",
            paramLabel = "K",
            defaultValue = "0",
            description = "How many tasks a node runs at once (default: the processors shared among the nodes).")
    private int slots;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Memory of a node for stored blocks, such as 512m or 4g (default: 1g).")
    private @Nullable String memory;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "First of the ports that nodes listen on, on loopback (default: free ones).")
    private int port;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Keep what is done there; run again with the same folder, it is not done again.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "How often, with --checkpoint, such as 30s, 5m or 1h (default: 30s).")
    private @Nullable String every;

    /** At least 1. */
    public int nodes() {
        return positive("--nodes", nodes);
    }

    /** At least 1, or 0 for as many as fit the machine. */
    public int slots() {
        return slots == 0 ? 0 : positive("--slots", slots);
    }

    /** In bytes. */
    public long memoryBytes() {
        return memory == null ? USUAL_MEMORY : Sizes.bytes("--memory", memory);
    }

    /** Whether the user chose the memory. */
    public boolean choosesMemory() {
        return memory != null;
    }

    /** 1024 to 65535, or 0 for free ones. */
    public int port() {
        if (port != 0 && (port < 1024 || port > 65535)) {
            throw new UsageException("--port " + port + ": expected 1024 to 65535");
        }
        return port;
    }

    /** Where and how often to keep what is done; null for not at all. */
    public WorkflowOptions.@Nullable Checkpoint checkpoint() {
        if (checkpoint == null) {
            if (every != null) {
                throw new UsageException("--every " + every + ": expected --checkpoint DIR with it");
            }
            return null;
        }
        return new WorkflowOptions.Checkpoint(
                checkpoint, every == null ? USUAL_EVERY : Times.duration("--every", every));
    }

    /** Whether the user chose a folder to keep what is done in. */
    public boolean choosesCheckpoint() {
        return checkpoint != null;
    }

    /** The same options with a folder to keep what is done in, instead of that which was given. */
    public ClusterOptions keepingIn(Path folder) {
        var other = with(nodes, slots);
        other.checkpoint = folder;
        other.every = every;
        return other;
    }

    /** The same options for another number of nodes, and of slots of a node; nothing is kept. */
    public ClusterOptions with(int otherNodes, int otherSlots) {
        var other = new ClusterOptions();
        other.nodes = otherNodes;
        other.slots = otherSlots;
        other.memory = memory;
        other.port = port;
        return other;
    }

    private static int positive(String option, int value) {
        if (value < 1) {
            throw new UsageException(option + " " + value + ": expected 1 or more");
        }
        return value;
    }
}
