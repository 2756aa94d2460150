package dev.kiln.engine;

/**
 * How a scheduler weighs and limits. The weights are guesses that only need the right order of magnitude; they are
 * constants, since the scheduler knows no time and the same events have to give the same commands.
 *
 * @param founders how many nodes, numbered from 0, own shards; see {@link ShardMap}
 * @param depth tasks sent ahead to a node, as a multiple of its slots; at least 1
 * @param maxNodeLosses after so many nodes lost while running a task, that task fails
 * @param nanosPerByte what moving a byte between nodes costs
 * @param fetchNanos what a fetch costs besides its bytes
 * @param taskNanos what waiting for one queued task costs
 * @param stories how many of the latest happenings are kept for {@link Scheduler#story}; 0 for none
 */
public record SchedulerOptions(
        int founders, int depth, int maxNodeLosses, long nanosPerByte, long fetchNanos, long taskNanos, int stories) {

    /** Checks the ranges. */
    public SchedulerOptions {
        require(founders >= 1, "founders", founders, "1 or more");
        require(depth >= 1, "depth", depth, "1 or more");
        require(maxNodeLosses >= 1, "maxNodeLosses", maxNodeLosses, "1 or more");
        require(nanosPerByte >= 0, "nanosPerByte", nanosPerByte, "0 or more");
        require(fetchNanos >= 0, "fetchNanos", fetchNanos, "0 or more");
        require(taskNanos >= 0, "taskNanos", taskNanos, "0 or more");
        require(stories >= 0, "stories", stories, "0 or more");
    }

    private static void require(boolean holds, String name, long found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + found + ", expected " + expected);
        }
    }

    /** What suits a cluster that begins with so many nodes: 1 GB/s, 100 us a fetch, 1 ms a task. */
    public static SchedulerOptions forFounders(int founders) {
        return new SchedulerOptions(founders, 4, 3, 1, 100_000, 1_000_000, 1 << 16);
    }

    /** The same with another depth. */
    public SchedulerOptions withDepth(int other) {
        return new SchedulerOptions(founders, other, maxNodeLosses, nanosPerByte, fetchNanos, taskNanos, stories);
    }

    /** The same with another number of happenings kept for stories. */
    public SchedulerOptions withStories(int other) {
        return new SchedulerOptions(founders, depth, maxNodeLosses, nanosPerByte, fetchNanos, taskNanos, other);
    }
}
