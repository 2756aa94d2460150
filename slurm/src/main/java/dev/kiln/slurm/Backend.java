package dev.kiln.slurm;

import java.util.Locale;

/** What gives a job its nodes. */
public enum Backend {
    /** Slurm, by a batch job. */
    SLURM,
    /** The allocation of Slurm that this process runs in, as by {@code salloc}. */
    ALLOCATION,
    /** This machine: each node is a JVM here. */
    LOCAL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
