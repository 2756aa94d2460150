package dev.kiln.slurm;

import java.util.Locale;

/** What a job does when one of its nodes is lost while it runs. */
public enum LossPolicy {
    /** Other nodes run its tasks. */
    CONTINUE,
    /** The job fails. */
    FAIL,
    /** The job begins anew, by itself. */
    REQUEUE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
