package dev.kiln.slurm.cli;

import dev.kiln.command.Console;
import dev.kiln.command.UsageException;
import dev.kiln.slurm.Backend;
import dev.kiln.slurm.JobRequest;
import dev.kiln.slurm.JobScript;
import dev.kiln.slurm.Jobs;
import dev.kiln.slurm.Output;
import dev.kiln.slurm.Run;
import dev.kiln.slurm.Status;
import dev.kiln.slurm.Submission;
import dev.kiln.slurm.Watch;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kiln submit}: a program, or a command of kiln, as a job. */
@Command(
        name = "submit",
        customSynopsis = {
            "kiln submit [OPTIONS] APP.jar [MAIN] [-- ARGUMENT...]",
            "kiln submit [OPTIONS] -- COMMAND [ARGUMENT...]"
        },
        description = {
            "Runs a program, or a command of kiln, on nodes that Slurm gives.",
            "Prints the number of the job, or with --wait ends with its exit code."
        },
        footer = {
            "",
            "Examples:",
            "  kiln submit word-count.jar --nodes 4 --time 10 --wait -- book.txt",
            "  kiln submit --nodes 2 --follow -- csvm train data.csv --model data.model",
            "  kiln submit --backend local --nodes 2 --wait -- demo"
        })
final class SubmitCommand implements Callable<Integer> {

    /** What is about jobs, other clusters or this machine, and so cannot be a job. */
    private static final Set<String> NOT_JOBS = Set.of(
            "submit",
            "jobs",
            "status",
            "logs",
            "cancel",
            "scale",
            "attach",
            "cluster",
            "objects",
            "deploy",
            "doctor",
            "completion",
            "help");

    private final Console console;
    private final Supplier<Surroundings> around;

    @Mixin
    private JobOptions job = new JobOptions();

    @Mixin
    private SlurmOptions slurm = new SlurmOptions();

    @Option(names = "--dry-run", description = "Print the script of the job, and do nothing.")
    private boolean dryRun;

    @Option(names = "--check", description = "Ask Slurm whether and when it would run the job, and do nothing.")
    private boolean check;

    @Option(names = "--wait", description = "Wait until the job has ended; its exit code is this command's.")
    private boolean wait;

    @Option(names = "--follow", description = "As --wait, and print what the program prints.")
    private boolean follow;

    // All in one list, since only `--` tells what is whose.
    @Parameters(
            arity = "1..*",
            paramLabel = "APP.jar [MAIN] [-- ARGUMENT...]",
            description = "The jar; its main class unless its manifest names one; what the program is given. Without a"
                    + " jar: a command of kiln.")
    private List<String> words = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    SubmitCommand(Console console, Supplier<Surroundings> around) {
        this.console = console;
        this.around = around;
    }

    @Override
    public Integer call() {
        Surroundings here = around.get();
        List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
        int dashes = typed.indexOf("--");
        int given = dashes < 0 ? 0 : typed.size() - dashes - 1;
        JobRequest request = job.request(
                here,
                slurm.given(),
                words.subList(0, words.size() - given),
                words.subList(words.size() - given, words.size()),
                commands());
        if (dryRun) {
            console.out().print(JobScript.of(request));
            console.out().flush();
            return 0;
        }
        var submission = new Submission(here.programs(), here.runs(), Path.of(System.getProperty("java.home")));
        if (check) {
            if (request.backend() != Backend.SLURM) {
                throw new UsageException("--check asks Slurm, and so needs --backend slurm");
            }
            console.out().println(submission.test(request));
            return 0;
        }
        Run run = submission.submit(request, here.clock().instant());
        if (!wait && !follow && request.backend() != Backend.ALLOCATION) {
            console.out().println(run.job());
            console.err().println("kiln: job " + run.job() + " in " + run.folder());
            return 0;
        }
        return waitFor(here, run);
    }

    /** The commands that run tasks. */
    private Set<String> commands() {
        var commands = new HashSet<>(spec.root().commandLine().getSubcommands().keySet());
        commands.removeAll(NOT_JOBS);
        return commands;
    }

    private int waitFor(Surroundings here, Run run) {
        console.err().println("kiln: job " + run.job() + " in " + run.folder());
        var output = new Output(run, 0, console.out()::println, console.err()::println);
        Jobs jobs = here.jobs();
        Runnable look = follow ? () -> output.read(false) : () -> {};
        Status end = new Watch(jobs, here.pause()).await(run, look, status -> tell(jobs, run, status));
        if (follow) {
            output.read(true);
        }
        run.secondsToFirstTask()
                .ifPresent(seconds -> console.err()
                        .println("kiln: job " + run.job() + ": first task " + seconds + " s after it was submitted"));
        if (end.exit() != 0) {
            console.err().println("kiln: job " + run.job() + " " + end.state().word() + ": " + end.cause());
        }
        return end.exit();
    }

    /** A job that waits for what will not come is not waited for. */
    private void tell(Jobs jobs, Run run, Status status) {
        if (status.state() != Status.State.PENDING || status.cause().isEmpty()) {
            return;
        }
        console.err().println("kiln: job " + run.job() + " waits: " + status.cause());
        if (status.hopeless()) {
            jobs.cancel(run);
        }
    }
}
