package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.ClusterOptions;
import dev.kiln.command.RunningCluster;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.remote.WorkflowHost;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Starts clusters on this machine. */
interface Clusters {

    /** As {@link dev.kiln.command.Launcher#start}. */
    Cluster start(ClusterOptions options);

    /**
     * Joins programs to a cluster that runs already; it goes on when they have ended.
     *
     * @param checkpoint where and how often to keep what they have done, or null
     * @throws ClusterFailedException when it cannot be reached, or refuses
     */
    default Cluster join(RunningCluster where, WorkflowOptions.@Nullable Checkpoint checkpoint) {
        throw new UnsupportedOperationException("clusters that run already are for the command itself");
    }

    /** A running cluster. */
    interface Cluster extends AutoCloseable {

        /**
         * Opens a workflow.
         *
         * @param code the class loader of the program
         * @param jar what other nodes load its classes from, or null when they have them on their class path
         */
        WorkflowBackend open(ClassLoader code, byte @Nullable [] jar);

        /** The same as the program wishes, as far as this cluster can. */
        default WorkflowBackend open(ClassLoader code, byte @Nullable [] jar, WorkflowOptions wish) {
            if (wish.checkpoint() != null) {
                throw new IllegalStateException("this cluster writes no checkpoints: open the workflow without one");
            }
            return open(code, jar);
        }

        /** Its active objects. */
        default ObjectAccess objects() {
            throw new IllegalStateException("this cluster keeps no active objects");
        }

        /** Where programs run that are driven from outside; null where there are to be none. */
        default @Nullable WorkflowHost host() {
            return null;
        }

        /**
         * How it is, in lines for people.
         *
         * @param began when it was started
         */
        default String status(Instant began) {
            return "up since " + began;
        }

        /**
         * Has nodes join, or those that joined last leave where the number is negative; waits for it.
         *
         * @return what happened, in lines for people
         */
        default String scale(int change) {
            throw new IllegalStateException("this cluster has the nodes that it began with");
        }

        /** Why it is gone, when it is and was not closed; else null. */
        default @Nullable String lost() {
            return null;
        }

        /** Where files of the run may be kept, which go with it even when this JVM is killed. */
        Path folder();

        @Override
        void close();
    }
}
