package dev.kiln.csvm.internal.multi;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.MultiRound;
import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.csvm.internal.cascade.Training;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.model.ModelHeader;
import dev.kiln.csvm.internal.model.MultiData;
import dev.kiln.csvm.internal.model.MultiHeader;
import dev.kiln.csvm.internal.model.Sigmoid;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One multi-class training: a cascade of all machines at once, and for probabilities one for each fold, which virtual
 * threads of their own follow, so that their tasks share the nodes. What a cascade computes depends on its arguments
 * alone, so the result does not depend on how they interleave. The fields are written before those threads start.
 */
public final class MultiTraining {

    private final Workflow wf;
    private final CascadeSvmOptions options;
    private final DsArray x;
    private final boolean probability;
    private final Placer placer;
    private final Training training;
    private final ClassLoading load;
    private final List<Ref<ClassRows>> blocks = new ArrayList<>();

    public MultiTraining(CascadeSvmOptions options, DsArray x, boolean probability, Placer placer) {
        this.wf = x.workflow();
        this.options = options;
        this.x = x;
        this.probability = probability;
        this.placer = placer;
        this.load = new ClassLoading(x, placer);
        this.training = new Training(
                options.function(x.columns()),
                options.c(),
                options.tolerance(),
                options.kernelBytes(),
                options.seed(),
                x.blockRows());
    }

    /**
     * Trains, and waits for the result.
     *
     * @param y a column of labels
     * @param weights a column, or null if all weigh 1
     * @throws IllegalArgumentException as {@code MultiClassSvm.fit}
     */
    public MultiData run(DsArray y, @Nullable DsArray weights, MultiClass how, Consumer<MultiRound> listener) {
        Shapes.checkLabels(x, y);
        if (weights != null) {
            Shapes.checkWeights(x, weights);
        }
        try {
            return trained(y, weights, how, listener).compact();
        } catch (TaskFailedException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
        }
    }

    private MultiData trained(DsArray y, @Nullable DsArray weights, MultiClass how, Consumer<MultiRound> listener) {
        double[] classes = load.classes(y);
        blocks.addAll(load.blocks(y, weights, classes));
        try {
            double[] classWeights = options.classWeights().of(classes, load.totals(blocks, classes));
            var contest = new Contest(classes.length == 2 ? MultiClass.OVO : how, classWeights);
            return probability ? withSigmoids(contest, classes, listener) : machines(contest, classes, listener);
        } finally {
            blocks.forEach(Ref::delete);
        }
    }

    private MultiData machines(Contest contest, double[] classes, Consumer<MultiRound> listener) {
        var cascade = new MachineCascade(wf, options, contest, training, placer, blocks);
        MachineCascade.Trained trained = cascade.run(listener);
        MachineCascade.Judged judged = cascade.judge(trained);
        Machines found = trained.machines().get();
        trained.delete();
        return model(contest, classes, found, judged);
    }

    private MultiData withSigmoids(Contest contest, double[] classes, Consumer<MultiRound> listener) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<MultiData> data = threads.submit(() -> machines(contest, classes, listener));
            List<Future<List<Ref<List<MultiTasks.Held>>>>> folds = new ArrayList<>();
            for (int fold = 0; fold < Fold.COUNT; fold++) {
                int number = fold;
                folds.add(threads.submit(() -> held(contest, number)));
            }
            try {
                List<Ref<List<MultiTasks.Held>>> parts = new ArrayList<>();
                for (Future<List<Ref<List<MultiTasks.Held>>>> fold : folds) {
                    parts.addAll(result(fold));
                }
                List<Sigmoid> sigmoids = wf.task(MultiTasks::sigmoids)
                        .on(placer.anywhere())
                        .submit(all(parts))
                        .get();
                parts.forEach(Ref::delete);
                MultiData trained = result(data);
                return trained.with(trained.header().withProbabilities(sigmoids));
            } catch (RuntimeException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    /** Trains without a fold, and asks about its rows. */
    private List<Ref<List<MultiTasks.Held>>> held(Contest contest, int fold) {
        List<Ref<ClassRows>> rows = inFold(new Fold(fold, false, options.seed()));
        MachineCascade.Trained trained =
                new MachineCascade(wf, options, contest, training, placer, rows).run(round -> {});
        rows.forEach(Ref::delete);
        List<Ref<List<MultiTasks.Held>>> parts = new ArrayList<>();
        for (Ref<ClassRows> back : inFold(new Fold(fold, true, options.seed()))) {
            parts.add(wf.task(MultiTasks::held)
                    .on(placer.near(back))
                    .submit(back, trained.machines(), value(contest), value(training.kernel())));
            back.delete();
        }
        trained.delete();
        return parts;
    }

    private List<Ref<ClassRows>> inFold(Fold fold) {
        List<Ref<ClassRows>> rows = new ArrayList<>();
        for (Ref<ClassRows> block : blocks) {
            rows.add(wf.task(MachineTasks::inFold).on(placer.near(block)).submit(block, value(fold)));
        }
        return rows;
    }

    private MultiData model(Contest contest, double[] classes, Machines found, MachineCascade.Judged judged) {
        Machines.Vectors vectors = found.vectors(contest);
        List<Duel> duels = contest.duels();
        List<MultiHeader.Part> parts = new ArrayList<>();
        for (int d = 0; d < duels.size(); d++) {
            parts.add(new MultiHeader.Part(
                    duels.get(d).first(),
                    duels.get(d).second(),
                    vectors.uses().get(d).rows().length,
                    found.states().get(d).rho(),
                    null,
                    judged.certificates().get(d)));
        }
        var header = new MultiHeader(
                ModelData.version(),
                Math.toIntExact(x.columns()),
                vectors.ids().length,
                contest.how(),
                classes,
                Arrays.stream(classes).mapToObj(ClassLoading::name).toList(),
                parts,
                ModelHeader.Options.of(options, x.columns()),
                x.rows(),
                x.blockShape().rows(),
                judged.accuracy(),
                null);
        return new MultiData(header, vectors.points(), vectors.ids(), vectors.uses());
    }

    static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while training", e);
        }
    }
}
