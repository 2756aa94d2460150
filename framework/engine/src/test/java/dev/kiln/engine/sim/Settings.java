package dev.kiln.engine.sim;

import dev.kiln.engine.SchedulerOptions;

/**
 * The world that a {@link Simulation} plays in.
 *
 * @param scheduler the options of the scheduler under test
 * @param nodes how many nodes there are at the beginning
 * @param slots slots of each; 0 for 1 to 3, by the seed
 * @param latencyNanos what a message takes; up to twice as much, by the seed
 * @param nanosPerByte what a byte of a value takes between nodes
 * @param chaos whether links differ by a factor of 20, answers overtake each other, come late and come twice
 * @param validate whether every invariant of the scheduler is checked after every event
 */
public record Settings(
        SchedulerOptions scheduler,
        int nodes,
        int slots,
        long latencyNanos,
        double nanosPerByte,
        boolean chaos,
        boolean validate) {

    /** A few nodes in bad weather. */
    public static Settings rough(int nodes) {
        return new Settings(SchedulerOptions.forFounders(nodes).withStories(4096), nodes, 0, 100_000, 1, true, true);
    }

    /** The same where no node is reached by messages. */
    Settings withoutMessages() {
        return new Settings(scheduler.withoutMessages(), nodes, slots, latencyNanos, nanosPerByte, chaos, validate);
    }

    /** The same nodes on a good day: nothing is lost, late or said twice. */
    public static Settings calm(int nodes) {
        return new Settings(SchedulerOptions.forFounders(nodes).withStories(4096), nodes, 0, 100_000, 1, false, true);
    }
}
