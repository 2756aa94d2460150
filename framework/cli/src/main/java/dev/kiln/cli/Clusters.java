package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Starts clusters on this machine. */
interface Clusters {

    /** As {@link dev.kiln.command.Launcher#start}. */
    Cluster start(ClusterOptions options);

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

        /** Where files of the run may be kept, which go with it even when this JVM is killed. */
        Path folder();

        @Override
        void close();
    }
}
