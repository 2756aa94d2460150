package dev.kiln.cli;

import static dev.kiln.tasks.Arg.value;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.Launcher;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Starts a cluster of one node, runs a few tasks on it and stops it: the run that the start-up cache of the distribution
 * is made from. What it does not do, the first program that does has to wait for.
 */
@Command(
        name = "warm-up",
        hidden = true,
        description = "Starts a cluster of one node, runs a few tasks, and stops.",
        footer = {"", "Example:", "  kiln warm-up"})
final class WarmUpCommand implements Callable<Integer> {

    private final Launcher launcher;

    WarmUpCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        try (Launcher.Session session = launcher.start(new ClusterOptions())) {
            Workflow workflow = session.workflow();
            Ref<double[]> block =
                    workflow.task(WarmUpCommand::block).on(Placement.shard(0)).submit(value(1000));
            Ref<Double> sum = workflow.task(WarmUpCommand::sum).submit(block, workflow.put("a value"));
            sum.get();
            block.delete();
            workflow.barrier();
        }
        return Exit.DONE;
    }

    /** A value that is stored. */
    @Task
    static double[] block(int length) {
        return new double[length];
    }

    /** Reads values. */
    @Task
    static double sum(double[] block, String text) {
        return block.length + text.length();
    }
}
