package dev.kiln.runtime.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a driver tells a node about one workflow. Messages to one node arrive in the order sent. */
public sealed interface ToNode {

    /**
     * The first message of a workflow.
     *
     * @param code which class loader finds its task methods; see {@code UserCode}
     */
    record OpenWorkflow(String code) implements ToNode {}

    /**
     * Run a task. The node gets the inputs that it does not hold first, runs the method on one of its slots, keeps the
     * result resident under the task's number, and answers with one {@link ToDriver}.
     *
     * @param inputs the values that it reads, each once; for an update the first is the one to change
     * @param args the arguments, which refer to inputs by index
     * @param inPlace whether the first input may itself be changed; otherwise the node works on a copy
     * @param shard where to store the result in the cache before answering, or -1
     */
    record RunTask(
            long task,
            int attempt,
            String name,
            MethodName method,
            List<Input> inputs,
            List<Arg> args,
            boolean update,
            boolean inPlace,
            int priority,
            int shard)
            implements ToNode {}

    /** Forget a task that has not begun; interrupt it when it has. No answer is owed. */
    record CancelTask(long task, int attempt) implements ToNode {}

    /** Forget a task that has not begun, and say so; one that has begun goes on. */
    record TakeBack(long task, int attempt) implements ToNode {}

    /**
     * Keep a value that the program put. Sent only where there is no cache, so the node is its only holder.
     */
    record StoreValue(long value, Payload payload) implements ToNode {}

    /** Get a copy of a value that another node holds, which is about to leave; answered by {@link ToDriver.Copied}. */
    record CopyValue(long value, int from) implements ToNode {}

    /**
     * Write a resident value to a file of a checkpoint, which other nodes can read, and answer with
     * {@link ToDriver.Saved}.
     */
    record SaveValue(long value, String file) implements ToNode {}

    /** Free resident values. */
    record DropValues(long[] values) implements ToNode {}

    /** The last message: cancel all, free all, let go of the class loader. */
    record CloseWorkflow() implements ToNode {}

    /** A method, as it can be found by name in the workflow's class loader. */
    record MethodName(String className, String method, String descriptor) {

        // By hand, since linking what a record has takes a tenth of the time to a program's first result.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof MethodName name
                    && className.equals(name.className)
                    && method.equals(name.method)
                    && descriptor.equals(name.descriptor);
        }

        @Override
        public int hashCode() {
            return (className.hashCode() * 31 + method.hashCode()) * 31 + descriptor.hashCode();
        }
    }

    /**
     * A value that a task reads.
     *
     * @param from where to get it when it is not resident: a node, or a constant of {@code Places}
     * @param shard its shard where {@code from} is the cache, else -1
     * @param small the value itself where {@code from} is the driver, else null
     * @param file its file where {@code from} is the checkpoint, else null
     */
    record Input(
            long value,
            int from,
            int shard,
            @Nullable Payload small,
            @Nullable String file) {

        /** One that is not in a checkpoint. */
        public Input(long value, int from, int shard, @Nullable Payload small) {
            this(value, from, shard, small, null);
        }
    }

    /** An argument. */
    sealed interface Arg {

        /** A literal. */
        record Literal(Payload value) implements Arg {}

        /**
         * An input.
         *
         * @param index into the task's inputs
         * @param part the index of a record component, or -1 for the whole value
         */
        record Read(int index, int part) implements Arg {}

        /** Several gathered into a list. */
        record Many(List<Arg> args) implements Arg {}
    }
}
