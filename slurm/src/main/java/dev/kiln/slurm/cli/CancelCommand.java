package dev.kiln.slurm.cli;

import dev.kiln.command.Console;
import dev.kiln.slurm.Jobs;
import dev.kiln.slurm.Run;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kiln cancel}: ends jobs. */
@Command(
        name = "cancel",
        description = "Ends jobs, whether they run or wait.",
        footer = {"", "Example:", "  kiln cancel 4711"})
final class CancelCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Surroundings> around;

    @Parameters(arity = "1..*", paramLabel = "JOB", description = JobOperand.KINDS)
    private List<String> wanted = List.of();

    CancelCommand(Console console, Supplier<Surroundings> around) {
        this.console = console;
        this.around = around;
    }

    @Override
    public Integer call() {
        Surroundings here = around.get();
        Jobs jobs = here.jobs();
        List<Run> runs = wanted.stream().map(here.runs()::find).toList();
        for (Run run : runs) {
            if (jobs.status(run).ended()) {
                console.err().println("kiln: job " + run.job() + " has already ended");
            } else {
                jobs.cancel(run);
            }
        }
        return 0;
    }
}
