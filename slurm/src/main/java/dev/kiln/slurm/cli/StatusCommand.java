package dev.kiln.slurm.cli;

import dev.kiln.command.Console;
import dev.kiln.slurm.Run;
import dev.kiln.slurm.Status;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln status}: all that is known of one job. */
@Command(
        name = "status",
        description = {
            "Tells how a job is, why it waits or failed, and what happened in it.",
            "Exit code 0 while it has not ended; then that of the job."
        },
        footer = {"", "Example:", "  kiln status 4711"})
final class StatusCommand implements Callable<Integer> {

    /** As --json prints it. */
    private record Report(
            String job, String name, String state, int exit, String cause, String folder, List<String> events) {}

    private final Console console;
    private final Supplier<Surroundings> around;

    @Mixin
    private JobOperand job = new JobOperand();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    StatusCommand(Console console, Supplier<Surroundings> around) {
        this.console = console;
        this.around = around;
    }

    @Override
    public Integer call() {
        Surroundings here = around.get();
        Run run = job.find(here);
        Status status = here.jobs().status(run);
        if (json) {
            console.json(new Report(
                    run.job(),
                    run.name(),
                    status.state().word(),
                    status.exit(),
                    status.cause(),
                    run.folder().toString(),
                    run.events()));
            return status.exit();
        }
        var out = console.out();
        out.println("job     " + run.job());
        out.println("state   " + status.state().word() + (status.cause().isEmpty() ? "" : ": " + status.cause()));
        if (status.ended()) {
            out.println("exit    " + status.exit());
        }
        run.secondsToFirstTask().ifPresent(seconds -> out.println("begun   first task after " + seconds + " s"));
        out.println("folder  " + run.folder());
        run.tasks().forEach(task -> task.events().forEach(out::println));
        return status.exit();
    }
}
