package dev.kiln.engine;

/** What happened. The scheduler is told in some order, and that order is all it knows of time. */
public sealed interface Event {

    /** A node can be given tasks. Numbers are never used again for another node. */
    record NodeJoined(int node, String name, int slots) implements Event {}

    /**
     * A node is to leave in order: it gets no further task but those that must run there and nowhere else, and what only
     * it holds is copied to others. {@link Command.NodeLeft} follows when it may go.
     */
    record NodeLeaving(int node) implements Event {}

    /** A node is gone, with every value that it held. */
    record NodeLost(int node) implements Event {}

    /**
     * The program submitted a task. Its inputs were submitted or put before it. An update releases the old version of its
     * first input.
     */
    record TaskSubmitted(TaskSpec task) implements Event {}

    /**
     * The program submitted a task that an earlier run of it has done: it does not run, unless its value is wanted and is
     * not to be had otherwise.
     *
     * @param bytes of the value; 0 when that is not known
     * @param place where the value is: {@link Places#CHECKPOINT}, {@link Places#DRIVER} or {@link Places#NOWHERE}
     */
    record TaskRestored(TaskSpec task, long bytes, int place) implements Event {}

    /**
     * The program stored a value.
     *
     * @param holder the node that holds it, {@link Places#CACHE} or {@link Places#DRIVER}
     * @param shard its shard in the cache, where it is then too; or -1
     */
    record ValuePut(long value, long bytes, int holder, int shard) implements Event {}

    /**
     * A node ran a task to its end. The value is resident there, and in the cache when the task has a shard.
     *
     * @param withDriver whether the value is small and came along with this message; the driver keeps it until told to
     *     free it, which may be at once
     * @param nanos how long it kept its slot; 0 when that is not known
     */
    record TaskFinished(long task, int attempt, int node, long bytes, boolean withDriver, long nanos)
            implements Answer {}

    /** A node that was asked to give a task back had not begun it, and has forgotten it. */
    record TaskReturned(long task, int attempt, int node) implements Answer {}

    /**
     * The task's method threw.
     *
     * @param reason the exception, in one line
     */
    record TaskFailed(long task, int attempt, int node, String reason) implements Answer {}

    /**
     * A node could not get an input from where it was told to look (a node number, {@link Places#CACHE} or
     * {@link Places#HERE}), so it did not run the task.
     */
    record InputMissing(long task, int attempt, int node, long value, int from) implements Answer {}

    /** A node now holds a copy of a value, having fetched it. */
    record ReplicaStored(long value, int node) implements Event {}

    /** What {@link Command.CopyValue} asked for could not be done: the other place did not have it, or did not answer. */
    record CopyFailed(long value, int node, int from) implements Event {}

    /** The program waits for the value itself; answered by {@link Command.Deliver} once, or by failure. */
    record ValueWanted(long value) implements Event {}

    /** What {@link ValueWanted} asked for has arrived. */
    record ValueDelivered(long value) implements Event {}

    /**
     * The driver could not get a wanted value from where it was told to look. The value stays wanted: another
     * {@link Command.Deliver} follows.
     */
    record DeliveryFailed(long value, int from) implements Event {}

    /** The program will not use the value again; tasks submitted earlier still will. */
    record ValueReleased(long value) implements Event {}

    /** What a node says of a run of a task that was sent to it. */
    sealed interface Answer extends Event permits TaskFinished, TaskReturned, TaskFailed, InputMissing {

        /** The task. */
        long task();

        /** Which run of it. */
        int attempt();

        /** The node that says so. */
        int node();
    }
}
