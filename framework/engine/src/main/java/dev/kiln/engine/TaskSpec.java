package dev.kiln.engine;

/**
 * A task as far as scheduling is concerned. Values and tasks share one number space: the value that a task makes has
 * the task's number.
 *
 * @param id the task's number, and its value's
 * @param name for messages
 * @param inputs the values that it reads, each once
 * @param update whether {@code inputs[0]} is changed: the task's value is its next version, and the program has let go of
 *     the old one. To update a part of a value, or one of which the program may still read parts, say false here: the
 *     node then works on a copy, and the old version lives until it is released
 * @param target where it has to run
 * @param retries how many more times it is tried after it threw
 * @param priority higher runs first on a node
 */
public record TaskSpec(long id, String name, long[] inputs, boolean update, Target target, int retries, int priority) {

    /** Checks that an update has something to change. */
    public TaskSpec {
        if (update && inputs.length == 0) {
            throw new IllegalArgumentException(name + "#" + id + " is an update without an input to change");
        }
    }
}
