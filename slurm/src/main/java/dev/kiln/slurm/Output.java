package dev.kiln.slurm;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a node of a job prints, while it does. Of an array, the output of its tasks one after another. Not thread-safe. */
public final class Output {

    private final Run run;
    private final int rank;
    private final Consumer<String> out;
    private final Consumer<String> err;
    private final List<Run> known = new ArrayList<>();
    private final List<Tail> tails = new ArrayList<>();

    /** Of a node, line by line to those. */
    public Output(Run run, int rank, Consumer<String> out, Consumer<String> err) {
        this.run = run;
        this.rank = rank;
        this.out = out;
        this.err = err;
    }

    /** Whether the node has begun to print. */
    public boolean exists() {
        return run.tasks().stream().anyMatch(task -> Files.exists(task.out(rank)));
    }

    /** Passes on what is new; with {@code last} also a line without an end. */
    public void read(boolean last) {
        for (Run task : run.tasks()) {
            if (!known.contains(task)) {
                known.add(task);
                tails.add(new Tail(task.out(rank), out));
                tails.add(new Tail(task.err(rank), err));
            }
        }
        tails.forEach(tail -> tail.read(last));
    }
}
