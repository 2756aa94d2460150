package dev.kiln.slurm.cli;

import dev.kiln.command.Console;
import dev.kiln.command.UsageException;
import dev.kiln.slurm.Jobs;
import dev.kiln.slurm.Run;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kiln jobs}: the jobs that were submitted. */
@Command(
        name = "jobs",
        description = "Lists the jobs that kiln submit made and whose folders are still there, the newest last.",
        footer = {"", "Example:", "  kiln jobs"})
final class JobsCommand implements Callable<Integer> {

    /** As --json prints it. */
    private record Line(String job, String state, String name, String folder) {}

    private final Console console;
    private final Supplier<Surroundings> around;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    JobsCommand(Console console, Supplier<Surroundings> around) {
        this.console = console;
        this.around = around;
    }

    @Override
    public Integer call() {
        Surroundings here = around.get();
        Jobs jobs = here.jobs();
        Set<String> problems = new LinkedHashSet<>();
        List<Line> lines = here.runs().all().stream()
                .map(run -> new Line(
                        run.job(),
                        state(jobs, run, problems),
                        run.name(),
                        run.folder().toString()))
                .toList();
        problems.forEach(problem -> console.err().println("kiln: " + problem));
        if (json) {
            console.json(lines);
            return 0;
        }
        int widest = lines.stream().mapToInt(line -> line.job().length()).max().orElse(0);
        lines.forEach(line -> console.out()
                .println(line.job() + " ".repeat(widest - line.job().length()) + "  "
                        + (line.state() + " ".repeat(9)).substring(0, 9) + "  " + line.folder()));
        return 0;
    }

    /** Slurm need not be there to list what it ran. */
    private static String state(Jobs jobs, Run run, Set<String> problems) {
        try {
            return jobs.status(run).state().word();
        } catch (UsageException unreachable) {
            problems.add(String.valueOf(unreachable.getMessage()));
            return "unknown";
        }
    }
}
