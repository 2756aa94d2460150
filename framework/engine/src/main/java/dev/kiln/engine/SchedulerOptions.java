package dev.kiln.engine;

/**
 * How a scheduler weighs and limits. The weights are guesses that only need the right order of magnitude; they are
 * constants, since the scheduler knows no time and the same events have to give the same commands.
 *
 * @param founders how many nodes, numbered from 0, own shards; see {@link ShardMap}
 * @param depth tasks sent ahead to a node, as a multiple of its slots; at least 1. More are, up to
 *     {@link #MOST_AHEAD}, when tasks there turn out to be so short that these would be done within {@code aheadNanos}
 * @param maxNodeLosses after so many nodes lost while running a task, that task fails
 * @param nanosPerByte what moving a byte between nodes costs
 * @param fetchNanos what a fetch costs besides its bytes
 * @param taskNanos what waiting for one queued task costs, as long as it is not known how long tasks take
 * @param aheadNanos for so long a node should have work, since that is what a message and its answer may take
 * @param ownNode the node that tasks reach without a message, in the driver's JVM; or -1
 * @param reachNanos what it costs to run a task on another node than that; nothing where there is none
 * @param stories how many of the latest happenings are kept for {@link Scheduler#story}; 0 for none
 */
public record SchedulerOptions(
        int founders,
        int depth,
        int maxNodeLosses,
        long nanosPerByte,
        long fetchNanos,
        long taskNanos,
        long aheadNanos,
        int ownNode,
        long reachNanos,
        int stories) {

    /** The most tasks sent ahead for each slot, however short. */
    static final int MOST_AHEAD = 256;

    /** Checks the ranges. */
    public SchedulerOptions {
        require(founders >= 1, "founders", founders, "1 or more");
        require(depth >= 1, "depth", depth, "1 or more");
        require(maxNodeLosses >= 1, "maxNodeLosses", maxNodeLosses, "1 or more");
        require(nanosPerByte >= 0, "nanosPerByte", nanosPerByte, "0 or more");
        require(fetchNanos >= 0, "fetchNanos", fetchNanos, "0 or more");
        require(taskNanos >= 0, "taskNanos", taskNanos, "0 or more");
        require(aheadNanos >= 0, "aheadNanos", aheadNanos, "0 or more");
        require(ownNode >= -1, "ownNode", ownNode, "-1 or more");
        require(reachNanos >= 0, "reachNanos", reachNanos, "0 or more");
        require(stories >= 0, "stories", stories, "0 or more");
    }

    private static void require(boolean holds, String name, long found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + found + ", expected " + expected);
        }
    }

    /** What suits a cluster that begins with so many nodes: 1 GB/s, 100 us a fetch, 1 ms a task, 1 ms ahead. */
    public static SchedulerOptions forFounders(int founders) {
        return new SchedulerOptions(founders, 4, 3, 1, 100_000, 1_000_000, 1_000_000, -1, 100_000, 1 << 16);
    }

    /** The same with another depth. */
    public SchedulerOptions withDepth(int other) {
        return new SchedulerOptions(
                founders,
                other,
                maxNodeLosses,
                nanosPerByte,
                fetchNanos,
                taskNanos,
                aheadNanos,
                ownNode,
                reachNanos,
                stories);
    }

    /** The same with nothing sent to a node before a slot is free, so that what was sent has begun. */
    public SchedulerOptions withNothingAhead() {
        return new SchedulerOptions(
                founders, 1, maxNodeLosses, nanosPerByte, fetchNanos, taskNanos, 0, ownNode, reachNanos, stories);
    }

    /** The same with another number of happenings kept for stories. */
    public SchedulerOptions withStories(int other) {
        return new SchedulerOptions(
                founders,
                depth,
                maxNodeLosses,
                nanosPerByte,
                fetchNanos,
                taskNanos,
                aheadNanos,
                ownNode,
                reachNanos,
                other);
    }

    /** The same where no node is reached by messages. */
    public SchedulerOptions withoutMessages() {
        return new SchedulerOptions(
                founders, depth, maxNodeLosses, nanosPerByte, fetchNanos, taskNanos, aheadNanos, ownNode, 0, stories);
    }

    /** The same where tasks reach a node without a message. */
    public SchedulerOptions withOwnNode(int node) {
        return new SchedulerOptions(
                founders,
                depth,
                maxNodeLosses,
                nanosPerByte,
                fetchNanos,
                taskNanos,
                aheadNanos,
                node,
                reachNanos,
                stories);
    }
}
