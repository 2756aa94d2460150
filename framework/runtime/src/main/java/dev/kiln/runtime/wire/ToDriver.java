package dev.kiln.runtime.wire;

import org.jspecify.annotations.Nullable;

/** What a node answers to a driver. */
public sealed interface ToDriver {

    /**
     * The task ran to its end.
     *
     * @param bytes the size of its result
     * @param small the result itself when it is small, else null
     * @param fetched values that the node fetched for this task and now holds
     * @param bytesMoved how many bytes that fetching moved between nodes
     * @param nanos how long it kept its slot
     */
    record Done(
            long task, int attempt, long bytes, @Nullable Payload small, long[] fetched, long bytesMoved, long nanos)
            implements ToDriver {}

    /** The task had not begun when it was asked for back, and is forgotten here. */
    record Returned(long task, int attempt) implements ToDriver {}

    /**
     * What a value came to that was to be copied here.
     *
     * @param from the node that it was to be got from
     * @param here whether it is here now
     */
    record Copied(long value, int from, boolean here) implements ToDriver {}

    /**
     * The task threw, or could not be called.
     *
     * @param reason the exception in one line, without its stack
     * @param exception the exception itself, as a value; null when it cannot travel
     */
    record Failed(
            long task, int attempt, String reason, @Nullable Payload exception) implements ToDriver {}

    /**
     * The node has done, or could not do, what {@link ToNode.SaveValue} asked for.
     *
     * @param result what became of it
     * @param bytes of the value encoded; 0 when it was not saved
     * @param problem why it was not, in one line; null when it was
     */
    record Saved(
            long value, Result result, long bytes, @Nullable String problem) implements ToDriver {

        /** What can become of it. */
        public enum Result {
            /** The file is there, whole. */
            DONE,
            /** The node does not hold the value. */
            MISSING,
            /** The value cannot be written to any file. */
            NOT_ENCODABLE,
            /** The file could not be written. */
            FAILED
        }
    }

    /** The task did not run: an input was not where the driver said. */
    record InputMissing(long task, int attempt, long value, int from) implements ToDriver {}
}
