package dev.kiln.slurm.cli;

import dev.kiln.command.Console;
import dev.kiln.slurm.Live;
import dev.kiln.slurm.Run;
import dev.kiln.slurm.Status;
import dev.kiln.slurm.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kiln attach}: watches a job while it runs. */
@Command(
        name = "attach",
        description = {
            "Shows how a running job is, until it ends: its nodes, what they do and use, its tasks.",
            "On a terminal it is redrawn each second; elsewhere a line is printed when something happens, and every ten"
                    + " seconds. Ends with the job's exit code; Ctrl-C leaves the job running."
        },
        footer = {"", "Example:", "  kiln attach 4711"})
final class AttachCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int EVENTS = 6;

    private final Console console;
    private final Supplier<Surroundings> around;

    @Mixin
    private JobOperand job = new JobOperand();

    private int drawn;
    private String last = "";
    /** Not how many they are: one that is written late may stand before some that were told. */
    private final Set<String> told = new HashSet<>();

    private Instant lastLine = Instant.EPOCH;

    AttachCommand(Console console, Supplier<Surroundings> around) {
        this.console = console;
        this.around = around;
    }

    @Override
    public Integer call() {
        Surroundings here = around.get();
        Run run = job.find(here);
        Runnable look = here.terminal()
                ? () -> draw(run, here.columns() - 1)
                : () -> print(run, here.clock().instant(), false);
        Status end = new Watch(here.jobs(), here.pause()).await(run, look, news -> {});
        if (here.terminal()) {
            look.run();
        } else {
            print(run, here.clock().instant(), true);
        }
        console.out()
                .println("job " + run.job() + " " + end.state().word()
                        + (end.cause().isEmpty() ? "" : ": " + end.cause()));
        return end.exit();
    }

    /** All of it, over what was drawn before. */
    private void draw(Run run, int width) {
        List<String> lines = new ArrayList<>();
        Optional<Live> live = run.live();
        lines.add("job " + run.job() + "  " + run.name());
        lines.add(live.map(Live::line).orElse("has not begun"));
        live.ifPresent(now -> lines.addAll(now.table()));
        List<String> events = run.events();
        lines.addAll(events.subList(Math.max(0, events.size() - EVENTS), events.size()));
        String text = String.join("\n", lines);
        if (text.equals(last)) {
            return;
        }
        last = text;
        var out = console.out();
        if (drawn > 0) {
            out.print("\033[" + drawn + "F\033[J");
        }
        // A line that wraps would count as two.
        lines.forEach(line -> out.println(line.length() <= width ? line : line.substring(0, width)));
        out.flush();
        drawn = lines.size();
    }

    /** What is new: events, and now and then, and at the end, how it is. */
    private void print(Run run, Instant now, boolean ended) {
        run.events().stream().filter(told::add).forEach(console.out()::println);
        Optional<String> line = run.live().map(Live::line);
        if (line.isPresent() && (ended || Duration.between(lastLine, now).compareTo(BETWEEN_LINES) >= 0)) {
            lastLine = now;
            console.out().println(line.get());
        }
    }
}
