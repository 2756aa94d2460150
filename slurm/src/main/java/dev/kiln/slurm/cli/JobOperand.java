package dev.kiln.slurm.cli;

import dev.kiln.slurm.Run;
import picocli.CommandLine.Parameters;

/** The job that a command is about; a picocli mixin. */
final class JobOperand {

    static final String KINDS =
            "The job's number, the name of its run, or its folder; of one task of an array, 4711_3.";

    @Parameters(index = "0", paramLabel = "JOB", description = KINDS)
    private String job = "";

    /**
     * Its run.
     *
     * @throws dev.kiln.command.UsageException when there is no such job
     */
    Run find(Surroundings here) {
        return here.runs().find(job);
    }
}
