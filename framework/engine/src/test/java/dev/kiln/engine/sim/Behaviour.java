package dev.kiln.engine.sim;

/**
 * What a simulated task does.
 *
 * @param nanos how long it runs
 * @param bytes the size of its result
 * @param small whether the result travels along with the answer
 * @param throwsFirst so many of its runs throw, before others succeed
 * @param poison whether it takes its node down, or throws on node 0, which cannot be lost
 */
public record Behaviour(long nanos, long bytes, boolean small, int throwsFirst, boolean poison) {

    /** Throws whenever it runs. */
    public static final int ALWAYS = Integer.MAX_VALUE;

    /** A well-behaved task. */
    public static Behaviour plain(long nanos, long bytes) {
        return new Behaviour(nanos, bytes, false, 0, false);
    }
}
