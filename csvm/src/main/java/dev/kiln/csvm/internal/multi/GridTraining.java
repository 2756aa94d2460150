package dev.kiln.csvm.internal.multi;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.csvm.internal.cascade.Training;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Cross-validation over a grid of C and gamma. For each gamma there is one cascade of all machines, one for each fold, each
 * C and each pair of classes, to the optimum of its rows: they share the kernel values of a block and of what is joined,
 * and a machine begins where that of the next lower C stands. Rows whose kernel values fit in the memory of one task are
 * one block there, whatever blocks they come in: that costs least in total. Cascades are followed by virtual threads of their own, so
 * that their tasks share the nodes; what one computes depends on its arguments alone. The fields are written before those
 * threads start.
 */
public final class GridTraining {

    private final CascadeSvmOptions options;
    private final int folds;
    private final DsArray x;
    private final Workflow wf;
    private final Placer placer = Placer.affinity();

    /** With options whose C and gamma are not looked at. */
    public GridTraining(CascadeSvmOptions options, int folds, DsArray x) {
        this.options = options;
        this.folds = folds;
        this.x = x;
        this.wf = x.workflow();
    }

    /** Told where the cascade of a gamma stands: by one thread at a time, which is not the calling one. */
    public interface Listener {
        void round(double gamma, int round, long violators);
    }

    /**
     * Tries every pair.
     *
     * @param y a column of labels
     * @param weights a column, or null if all weigh 1
     * @param cs ascending
     * @return for each gamma and each C how many rows get their class from the machine trained without their fold
     */
    public List<long[]> run(
            DsArray y,
            @Nullable DsArray weights,
            MultiClass how,
            List<Double> cs,
            List<Double> gammas,
            Listener listener) {
        Shapes.checkLabels(x, y);
        if (weights != null) {
            Shapes.checkWeights(x, weights);
        }
        checkFolds();
        List<Ref<ClassRows>> blocks = new ArrayList<>();
        try {
            var load = new ClassLoading(x, placer);
            double[] classes = load.classes(y);
            blocks.addAll(load.blocks(y, weights, classes));
            double[] classWeights = options.classWeights().of(classes, load.totals(blocks, classes));
            blocks.replaceAll(this::inFolds);
            if (blocks.size() > 1 && Float.BYTES * x.rows() * x.rows() <= options.kernelBytes()) {
                Ref<ClassRows> whole =
                        wf.task(GridTasks::join).on(placer.anywhere()).submit(all(blocks));
                blocks.forEach(Ref::delete);
                blocks.clear();
                blocks.add(whole);
            }
            double[] prices = cs.stream().mapToDouble(Double::doubleValue).toArray();
            var contest = new Contest(classes.length == 2 ? MultiClass.OVO : how, classWeights, folds, prices);
            return eachGamma(contest, blocks, gammas, listener);
        } catch (TaskFailedException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
        } finally {
            blocks.forEach(Ref::delete);
        }
    }

    private Ref<ClassRows> inFolds(Ref<ClassRows> rows) {
        Ref<ClassRows> cut =
                wf.task(GridTasks::folds).on(placer.near(rows)).submit(rows, value(options.seed()), value(folds));
        rows.delete();
        return cut;
    }

    private void checkFolds() {
        if (x.rows() < folds) {
            throw new IllegalArgumentException(
                    folds + " folds of " + x.rows() + " rows; expected at most as many folds as rows");
        }
        int first = GridTasks.fold(0, options.seed(), folds);
        for (long row = 1; row < x.rows(); row++) {
            if (GridTasks.fold(row, options.seed(), folds) != first) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "one of " + folds + " folds holds all " + x.rows() + " rows; expected more rows, or another seed");
    }

    private List<long[]> eachGamma(
            Contest contest, List<Ref<ClassRows>> blocks, List<Double> gammas, Listener listener) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> asked = new ArrayList<>();
            for (double gamma : gammas) {
                asked.add(threads.submit(() -> hits(contest, blocks, gamma, listener)));
            }
            List<long[]> hits = new ArrayList<>();
            try {
                for (Future<long[]> of : asked) {
                    hits.add(MultiTraining.result(of));
                }
            } catch (RuntimeException e) {
                threads.shutdownNow();
                throw e;
            }
            return hits;
        }
    }

    private long[] hits(Contest contest, List<Ref<ClassRows>> blocks, double gamma, Listener listener) {
        CascadeSvmOptions these = options.toBuilder().c(1).gamma(gamma).build();
        var training = new Training(
                these.function(x.columns()), 1, these.tolerance(), these.kernelBytes(), these.seed(), blocks.size());
        MachineCascade.Trained trained = new MachineCascade(wf, these, contest, training, placer, blocks).run(round -> {
            synchronized (listener) {
                listener.round(gamma, round.round().number(), round.round().violators());
            }
        });
        List<Ref<long[]>> parts = new ArrayList<>();
        for (Ref<ClassRows> block : blocks) {
            parts.add(wf.task(GridTasks::hits)
                    .on(placer.near(block))
                    .submit(block, trained.machines(), value(contest), value(training.kernel())));
        }
        trained.delete();
        long[] hits = wf.task(GridTasks::allHits)
                .on(placer.anywhere())
                .submit(all(parts))
                .get();
        parts.forEach(Ref::delete);
        return hits;
    }
}
