package dev.kiln.cli;

/** The exit codes of {@code kiln}. */
final class Exit {

    /** Done. */
    static final int DONE = 0;

    /** A task failed, or the user's program threw. */
    static final int WORKFLOW_FAILED = 1;

    /** The command cannot be done as it was given: wrong options, wrong input. */
    static final int WRONG_USAGE = 2;

    /** The cluster could not start or broke down, or this machine is not fit for one. */
    static final int CLUSTER_FAILED = 3;

    /** A job whose time was nearly over has kept what it has done; its script starts it again. */
    static final int TO_BE_RESUMED = 85;

    private Exit() {}
}
