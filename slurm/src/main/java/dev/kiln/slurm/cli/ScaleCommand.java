package dev.kiln.slurm.cli;

import dev.kiln.command.Console;
import dev.kiln.command.UsageException;
import dev.kiln.slurm.Run;
import dev.kiln.slurm.Status;
import dev.kiln.slurm.Workers;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kiln scale}: nodes join a running job, or leave it. */
@Command(
        name = "scale",
        description = {
            "Has nodes join a running job, or leave it.",
            "A node that joins gets work at once. Those that were added last leave first, when they have finished what"
                    + " they run; nothing is run again."
        },
        footer = {"", "Examples:", "  kiln scale 4711 +2", "  kiln scale 4711 -1"})
final class ScaleCommand implements Callable<Integer> {

    private static final int MOST = 1000;

    private final Console console;
    private final Supplier<Surroundings> around;

    @Mixin
    private JobOperand job = new JobOperand();

    @Parameters(index = "1", paramLabel = "+N|-N", description = "How many nodes join, or leave.")
    private String change = "";

    ScaleCommand(Console console, Supplier<Surroundings> around) {
        this.console = console;
        this.around = around;
    }

    @Override
    public Integer call() {
        if (!change.matches("[+-][1-9]\\d{0,2}")) {
            throw new UsageException(
                    "kiln scale: expected +N or -N with N from 1 to " + (MOST - 1) + ", found " + change);
        }
        Surroundings here = around.get();
        Run run = job.find(here);
        run.checkScalable();
        Status status = here.jobs().status(run);
        if (status.state() != Status.State.RUNNING) {
            throw new UsageException(
                    "job " + run.job() + " is " + status.state().word() + ", and not running");
        }
        var workers = new Workers(run, here.programs());
        int count = Integer.parseInt(change.substring(1));
        List<String> said = change.startsWith("+") ? workers.add(count) : workers.remove(count);
        said.forEach(console.out()::println);
        return 0;
    }
}
