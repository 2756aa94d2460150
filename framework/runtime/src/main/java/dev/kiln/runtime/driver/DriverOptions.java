package dev.kiln.runtime.driver;

import dev.kiln.tasks.WorkflowOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a driver is run.
 *
 * @param founders how many nodes the cluster began with; see {@link dev.kiln.engine.ShardMap}
 * @param callbacksMayWork whether threads that call the endpoint may do the driver's work themselves. True where they
 *     are a node's own worker threads in this JVM: a chain of tasks then never changes threads. False where they
 *     belong to a transport, which must not be kept: the work is handed to the driver's own thread.
 * @param ownNode the node whose answers come on its own worker threads in this JVM even if others' do not; or -1
 * @param afterClose run once when the workflow has been closed
 * @param checkpoint where and how often the workflow keeps what it has done, or null
 * @param notes is told, in one line each, what users should know
 */
public record DriverOptions(
        int founders,
        boolean callbacksMayWork,
        int ownNode,
        Runnable afterClose,
        WorkflowOptions.@Nullable Checkpoint checkpoint,
        Consumer<String> notes) {

    /** For a driver whose endpoint is called by a transport's threads. */
    public static DriverOptions remote(int founders) {
        return new DriverOptions(founders, false, -1, () -> {}, null, DriverOptions::log);
    }

    /** For a driver whose endpoint is called by worker threads of this JVM. */
    public static DriverOptions inJvm(int founders) {
        return new DriverOptions(founders, true, -1, () -> {}, null, DriverOptions::log);
    }

    /** The same with a node of which the answers come on its own worker threads in this JVM. */
    public DriverOptions withOwnNode(int node) {
        return new DriverOptions(founders, callbacksMayWork, node, afterClose, checkpoint, notes);
    }

    /** The same with another action after closing. */
    public DriverOptions withAfterClose(Runnable action) {
        return new DriverOptions(founders, callbacksMayWork, ownNode, action, checkpoint, notes);
    }

    /** The same with what the program, or who launched it, says of the workflow. */
    public DriverOptions with(WorkflowOptions options) {
        return new DriverOptions(founders, callbacksMayWork, ownNode, afterClose, options.checkpoint(), notes);
    }

    /** The same with somebody else who is told. */
    public DriverOptions withNotes(Consumer<String> listener) {
        return new DriverOptions(founders, callbacksMayWork, ownNode, afterClose, checkpoint, listener);
    }

    private static void log(String note) {
        // Asked for only now: setting logging up takes a tenth of the time to a program's first result.
        System.getLogger("dev.kiln.workflow").log(System.Logger.Level.WARNING, note);
    }

    /** Whether a thread that brings answers of this node may do the driver's work. */
    boolean mayWork(int node) {
        return callbacksMayWork || node == ownNode;
    }
}
