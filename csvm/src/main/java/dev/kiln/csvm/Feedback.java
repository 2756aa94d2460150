package dev.kiln.csvm;

/** What goes back to the blocks after a pass of the cascade. */
public enum Feedback {
    /** Each block is looked through for rows that break the optimality conditions; those join the support vectors. */
    VIOLATORS,
    /**
     * All support vectors go back to every block, and the whole tree is solved again: the feedback of Graf et al. (NIPS
     * 2004), as dislib has it. Many times the work; there to be compared with.
     */
    CLASSIC
}
