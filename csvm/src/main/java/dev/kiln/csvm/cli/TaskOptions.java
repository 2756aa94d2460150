package dev.kiln.csvm.cli;

import dev.kiln.command.UsageException;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Feedback;
import dev.kiln.csvm.Kernel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a machine is for, and by which solver it is found. */
final class TaskOptions {

    @Option(
            names = "--task",
            paramLabel = "TASK",
            defaultValue = "classify",
            description = "classify, to tell classes apart; regress, to predict the number in the column of labels; or"
                    + " outliers, to find rows unlike the others, without labels (default: ${DEFAULT-VALUE}).")
    private String task = "classify";

    @Option(
            names = "--epsilon",
            paramLabel = "X",
            description = "With --task regress: by how much a prediction may be off at no cost (default: 0.1).")
    private @Nullable String epsilon;

    @Option(
            names = "--nu",
            paramLabel = "X",
            description = "With --task outliers: the part of the rows that may be outliers, above 0 and at most 1"
                    + " (default: 0.1).")
    private @Nullable String nu;

    @Option(
            names = "--solver",
            paramLabel = "SOLVER",
            defaultValue = "cascade",
            description = "cascade; or descent, with --kernel linear, for many rows of many features, mostly zero"
                    + " (default: ${DEFAULT-VALUE}).")
    private String solver = "cascade";

    /** What a machine is for. */
    enum Task {
        /** To tell classes apart. */
        CLASSIFY,
        /** To predict a number. */
        REGRESS,
        /** To find rows that are unlike the others. */
        OUTLIERS
    }

    /** How a machine for two classes is found. */
    enum Solver {
        /** By the cascade. */
        CASCADE,
        /** By dual coordinate descent. */
        DESCENT
    }

    /**
     * What is asked for, checked.
     *
     * @param epsilon of a regression
     * @param nu of a search for outliers
     */
    record TaskSpec(Task task, double epsilon, double nu, Solver solver) {}

    TaskSpec checked(CascadeSvmOptions options, boolean classes, boolean rowWeights) {
        Task chosen = Inputs.choice("--task", Task.class, task);
        Solver by = Inputs.choice("--solver", Solver.class, solver);
        if (epsilon != null && chosen != Task.REGRESS) {
            throw new UsageException("--epsilon " + epsilon + ": expected with --task regress only");
        }
        if (nu != null && chosen != Task.OUTLIERS) {
            throw new UsageException("--nu " + nu + ": expected with --task outliers only");
        }
        if (chosen != Task.CLASSIFY && classes) {
            throw new UsageException("--task " + task + ": expected without --positive, --multiclass, --probability and"
                    + " --class-weight, which are for classes");
        }
        if (chosen != Task.CLASSIFY && options.feedback() != Feedback.VIOLATORS) {
            throw new UsageException("--task " + task + ": expected with --feedback violators");
        }
        if (chosen == Task.OUTLIERS && rowWeights) {
            throw new UsageException("--task outliers: expected without --weight");
        }
        if (by == Solver.DESCENT && (chosen != Task.CLASSIFY || options.kernel() != Kernel.LINEAR || rowWeights)) {
            throw new UsageException(
                    "--solver descent: expected with --kernel linear and --task classify, and without --weight");
        }
        return new TaskSpec(chosen, epsilon(), nu(), by);
    }

    private double epsilon() {
        if (epsilon == null) {
            return 0.1;
        }
        double value = Inputs.number(epsilon);
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new UsageException("--epsilon " + epsilon + ": expected a number, 0 or more");
        }
        return value;
    }

    private double nu() {
        if (nu == null) {
            return 0.1;
        }
        double value = Inputs.number(nu);
        if (!(value > 0 && value <= 1)) {
            throw new UsageException("--nu " + nu + ": expected a number above 0 and at most 1");
        }
        return value;
    }
}
