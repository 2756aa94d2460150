package dev.kiln.csvm.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Launcher;
import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Feedback;
import dev.kiln.csvm.MultiClass;
import dev.kiln.dislib.data.LabelColumn;
import dev.kiln.tasks.Workflow;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln csvm train}. */
@Command(
        name = "train",
        description =
                "Trains a support vector machine on a CSV or LIBSVM file: for two classes or more, for numbers, or for"
                        + " outliers.",
        footer = {
            "",
            "Example:",
            "  kiln csvm train magic04.train.csv --label last --positive g --standardize \\",
            "      --c 10 --gamma 0.1 --test magic04.test.csv --model magic.svm",
            "  kiln csvm train prices.csv --task regress --standardize --epsilon 0.05 --model prices.svm",
            "  kiln csvm train readings.csv --task outliers --nu 0.01 --standardize --model usual.svm"
        })
final class TrainCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "The training data: CSV, or LIBSVM with labels -1/+1, 0/1 or 1/2.")
    private Path file = Path.of("");

    @Option(
            names = "--label",
            paramLabel = "COL",
            description =
                    "The column of labels, or of numbers to predict, in CSV: first, last, its name or its number from"
                            + " 1 (default: last; with --task outliers none).")
    private @Nullable String label;

    @Option(
            names = "--positive",
            paramLabel = "VALUE",
            description = "The label of the positive class; may be left out where the labels are two numbers, of which"
                    + " the greater is then meant.")
    private @Nullable String positive;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "csv, libsvm or auto (default: ${DEFAULT-VALUE}).")
    private String format = "auto";

    @Option(
            names = "--multiclass",
            paramLabel = "HOW",
            description = "With more than two labels: ovo, one machine for each pair of classes, or ovr, one for each"
                    + " class against the rest (default: ovo).")
    private @Nullable String multiclass;

    @Option(
            names = "--probability",
            description = "Let the model give probabilities too; five more machines are trained for each.")
    private boolean probability;

    @Option(names = "--standardize", description = "Bring each column to mean 0 and deviation 1 first.")
    private boolean standardize;

    @Mixin
    private TaskOptions task = new TaskOptions();

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Option(
            names = "--c",
            paramLabel = "C",
            defaultValue = "1",
            description = "The price of a row on the wrong side of its margin (default: ${DEFAULT-VALUE}).")
    private String c = "1";

    @Mixin
    private WeightOptions weights = new WeightOptions();

    @Option(
            names = "--sparse",
            paramLabel = "WHAT",
            defaultValue = "auto",
            description =
                    "Whether zeros are left out: yes, no, or auto for LIBSVM files that give fewer than one value in"
                            + " twenty (default: ${DEFAULT-VALUE}).")
    private String sparse = "auto";

    @Option(
            names = "--block-rows",
            paramLabel = "ROWS",
            defaultValue = "2000",
            description = "Rows of a block (default: ${DEFAULT-VALUE}).")
    private int blockRows = 2000;

    @Option(
            names = "--tolerance",
            paramLabel = "TOL",
            defaultValue = "1e-3",
            description = "Stop when no optimality condition is broken by more (default: ${DEFAULT-VALUE}).")
    private String tolerance = "1e-3";

    @Option(
            names = "--max-rounds",
            paramLabel = "N",
            description = "Stop after so many rounds at the latest (default: 100; with --solver descent 1000).")
    private @Nullable Integer maxRounds;

    @Option(
            names = "--arity",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many nodes of the cascade's tree are joined into one (default: ${DEFAULT-VALUE}).")
    private int arity = 2;

    @Option(
            names = "--feedback",
            paramLabel = "WHAT",
            defaultValue = "violators",
            description = "What goes back to the blocks after a pass: violators, or classic for all support vectors, as"
                    + " in the paper of the cascade (default: ${DEFAULT-VALUE}).")
    private String feedback = "violators";

    @Option(
            names = "--no-check",
            description = "With --feedback classic: make exactly --max-rounds passes, without looking in between.")
    private boolean unchecked;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Draws the rows that stand for a block of one class (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--test", paramLabel = "FILE", description = "Test data, in the form of the training data.")
    private @Nullable Path test;

    @Option(names = "--model", paramLabel = "OUT", description = "Write the model to this file.")
    private @Nullable Path model;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private RunningCluster running = new RunningCluster();

    TrainCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        CascadeSvmOptions options = options();
        WeightOptions.WeightSpec weighing = weights.checked();
        boolean classes = positive != null || multiclass != null || probability || weighing.isForClasses();
        TaskOptions.TaskSpec asked = task.checked(options, classes, weighing.isForRows());
        if (maxRounds == null && asked.solver() == TaskOptions.Solver.DESCENT) {
            options = options.toBuilder().maxRounds(1000).build();
        }
        TrainSpec spec = spec(options, weighing, asked.task());
        Object result;
        try (Launcher.Session session = context.launcher().start(cluster, running)) {
            Workflow wf = session.workflow();
            result = asked.task() == TaskOptions.Task.CLASSIFY
                    ? new TrainRun(spec, wf, context.console(), System::nanoTime, asked.solver()).run()
                    : new AimRun(spec, asked, wf, context.console(), System::nanoTime).run();
        }
        if (json) {
            context.console().json(result);
        } else if (result instanceof TrainResult train) {
            TrainReport.print(train, context.console().out());
        } else if (result instanceof AimResult aim) {
            aim.print(context.console().out());
        }
        return 0;
    }

    private CascadeSvmOptions options() {
        Inputs.file(file);
        if (test != null) {
            Inputs.file(test);
        }
        if (model != null) {
            Inputs.target("--model", model);
        }
        if (positive != null && multiclass != null) {
            throw new UsageException("--multiclass " + multiclass + ": expected without --positive");
        }
        double exact = Inputs.positive("--tolerance", tolerance);
        if (exact > 1) {
            throw new UsageException("--tolerance " + tolerance + ": expected at most 1");
        }
        Feedback back = Inputs.choice("--feedback", Feedback.class, feedback);
        if (unchecked && back != Feedback.CLASSIC) {
            throw new UsageException("--no-check: expected with --feedback classic only");
        }
        if (arity < 2) {
            throw new UsageException("--arity " + arity + ": expected 2 or more");
        }
        CascadeSvmOptions.Builder options = CascadeSvmOptions.builder()
                .c(Inputs.positive("--c", c))
                .tolerance(exact)
                .maxRounds(Inputs.atLeastOne("--max-rounds", maxRounds == null ? 100 : maxRounds))
                .arity(arity)
                .feedback(back)
                .check(!unchecked)
                .seed(seed);
        kernel.apply(options);
        return options.build();
    }

    private TrainSpec spec(CascadeSvmOptions options, WeightOptions.WeightSpec weighing, TaskOptions.Task chosen) {
        return new TrainSpec(
                file,
                Inputs.format(format),
                label == null && chosen == TaskOptions.Task.OUTLIERS
                        ? LabelColumn.none()
                        : Inputs.label(label == null ? "last" : label),
                positive,
                standardize,
                Inputs.atLeastOne("--block-rows", blockRows),
                Inputs.sparse(sparse),
                weighing,
                options,
                new MultiSpec(
                        multiclass == null ? null : Inputs.choice("--multiclass", MultiClass.class, multiclass),
                        probability),
                test,
                model);
    }
}
