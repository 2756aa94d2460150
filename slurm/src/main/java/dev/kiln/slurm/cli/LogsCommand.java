package dev.kiln.slurm.cli;

import dev.kiln.command.Console;
import dev.kiln.command.UsageException;
import dev.kiln.slurm.Output;
import dev.kiln.slurm.Run;
import dev.kiln.slurm.Watch;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln logs}: what a job printed. */
@Command(
        name = "logs",
        description = {
            "Prints what a node of a job printed: its standard output here to standard output, its errors to standard"
                    + " error.",
            "Node 0 is where the program runs."
        },
        footer = {"", "Examples:", "  kiln logs 4711 --follow", "  kiln logs 4711 --rank 1"})
final class LogsCommand implements Callable<Integer> {

    private final Console console;
    private final Supplier<Surroundings> around;

    @Mixin
    private JobOperand job = new JobOperand();

    @Option(
            names = "--rank",
            paramLabel = "R",
            defaultValue = "0",
            description = "Which node (default: ${DEFAULT-VALUE}).")
    private int rank;

    @Option(names = "--follow", description = "Go on until the job has ended.")
    private boolean follow;

    LogsCommand(Console console, Supplier<Surroundings> around) {
        this.console = console;
        this.around = around;
    }

    @Override
    public Integer call() {
        Surroundings here = around.get();
        Run run = job.find(here);
        if (rank < 0) {
            throw new UsageException("--rank " + rank + ": expected the number of a node, from 0");
        }
        var output = new Output(run, rank, console.out()::println, console.err()::println);
        if (follow) {
            var _ = new Watch(here.jobs(), here.pause()).await(run, () -> output.read(false), news -> {});
        } else if (!output.exists()) {
            throw new UsageException("node-" + rank + " of job " + run.job() + " has printed nothing: "
                    + run.folder().resolve("job.log") + " has what Slurm says");
        }
        output.read(true);
        return 0;
    }
}
