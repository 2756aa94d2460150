package dev.kiln.csvm;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One multi-class training. Each machine's cascade, and each fold's, is followed by a virtual thread of its own, so that
 * their tasks share the nodes; what a cascade computes depends on its arguments alone, so the result does not depend on
 * how they interleave. The fields are written before those threads start.
 */
final class MultiTraining {

    /** More labels than this are taken for numbers to be predicted, not for classes. */
    private static final int MOST_CLASSES = 1000;

    private final Workflow wf;
    private final CascadeSvmOptions options;
    private final DsArray x;
    private final boolean probability;
    private final List<Ref<CodedRows>> blocks = new ArrayList<>();
    private final List<long[]> counts = new ArrayList<>();

    MultiTraining(CascadeSvmOptions options, DsArray x, boolean probability) {
        this.wf = x.workflow();
        this.options = options;
        this.x = x;
        this.probability = probability;
    }

    /** A machine on the driver, whose ids are those of its own rows. */
    private record Trained(Machine machine, Certificate certificate, List<Sigmoid> sigmoid) {}

    MultiData run(DsArray y, @Nullable DsArray weights, MultiClass how, Consumer<MultiRound> listener) {
        double[] classes = classes(y);
        load(y, weights, classes);
        try {
            double[] classWeights = options.classWeights().of(classes, totals(classes));
            List<Duel> duels = Duel.all(how, classes.length);
            return collect(how, classes, duels, train(duels, classWeights, listener));
        } finally {
            blocks.forEach(Ref::delete);
        }
    }

    private double[] classes(DsArray y) {
        List<Ref<double[]>> parts = new ArrayList<>();
        for (int i = 0; i < y.blockRows(); i++) {
            Ref<Block> block = y.block(i, 0);
            parts.add(wf.task(MultiTasks::labels)
                    .on(near(block))
                    .submit(block, value(y.rowRange(i).from())));
        }
        double[] classes = wf.task(MultiTasks::classes).submit(all(parts)).get();
        parts.forEach(Ref::delete);
        if (classes.length < 2) {
            throw new IllegalArgumentException(
                    "all " + y.rows() + " labels are " + classes[0] + "; expected rows of two classes or more");
        }
        if (classes.length > MOST_CLASSES) {
            throw new IllegalArgumentException(
                    "there are " + classes.length + " different labels; expected at most " + MOST_CLASSES + " classes");
        }
        return classes;
    }

    /** How many rows of each class weigh something. */
    private long[] totals(double[] classes) {
        long[] totals = new long[classes.length];
        for (int k = 0; k < classes.length; k++) {
            for (long[] block : counts) {
                totals[k] += block[k];
            }
            if (totals[k] == 0) {
                throw new IllegalArgumentException("all rows of label " + MultiClassSvm.name(classes[k])
                        + " have weight 0; expected one that weighs something, or no such rows");
            }
        }
        return totals;
    }

    private void load(DsArray y, @Nullable DsArray weights, double[] classes) {
        List<Ref<long[]>> counted = new ArrayList<>();
        for (int i = 0; i < x.blockRows(); i++) {
            Ref<Block> block = x.rowBlocks().get(i);
            Ref<Block> labels = y.block(i, 0);
            long first = x.rowRange(i).from();
            Ref<CodedRows> rows = weights == null
                    ? wf.task(MultiTasks::classRows).on(near(block)).submit(block, labels, value(first), value(classes))
                    : wf.task(MultiTasks::weightedClassRows)
                            .on(near(block))
                            .submit(block, labels, weights.block(i, 0), value(first), value(classes));
            blocks.add(rows);
            counted.add(wf.task(MultiTasks::counts).on(near(rows)).submit(rows, value(classes.length)));
        }
        for (Ref<long[]> ref : counted) {
            counts.add(ref.get());
            ref.delete();
        }
    }

    private List<Trained> train(List<Duel> duels, double[] classWeights, Consumer<MultiRound> listener) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Trained>> cascades = new ArrayList<>();
            List<Future<Sigmoid>> sigmoids = new ArrayList<>();
            for (Duel duel : duels) {
                SideWeights sides = duel.weights(classWeights);
                cascades.add(threads.submit(() -> machine(duel, sides, listener)));
                if (probability) {
                    sigmoids.add(threads.submit(() -> sigmoid(duel, sides, threads)));
                }
            }
            try {
                List<Trained> trained = new ArrayList<>();
                for (int m = 0; m < duels.size(); m++) {
                    Trained t = result(cascades.get(m));
                    List<Sigmoid> sigmoid = probability ? List.of(result(sigmoids.get(m))) : List.of();
                    trained.add(new Trained(t.machine(), t.certificate(), sigmoid));
                }
                return trained;
            } catch (RuntimeException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private Trained machine(Duel duel, SideWeights sides, Consumer<MultiRound> listener) {
        List<Ref<BlockRows>> rows = rowsFor(duel, Fold.NONE);
        Cascade.Trained trained = new Cascade(wf, options, sides, x, rows, Placer.affinity())
                .run(round -> listener.accept(new MultiRound(duel.first(), duel.second(), round)));
        Machine machine = trained.machine().get();
        trained.machine().delete();
        rows.forEach(Ref::delete);
        return new Trained(machine, trained.certificate(), List.of());
    }

    /** Five cascades, each of which is asked about the rows it has not seen. */
    private Sigmoid sigmoid(Duel duel, SideWeights sides, ExecutorService threads) {
        List<Future<List<Ref<MultiTasks.Held>>>> folds = new ArrayList<>();
        for (int fold = 0; fold < Fold.COUNT; fold++) {
            int number = fold;
            folds.add(threads.submit(() -> held(duel, sides, number)));
        }
        List<Ref<MultiTasks.Held>> parts = new ArrayList<>();
        for (Future<List<Ref<MultiTasks.Held>>> fold : folds) {
            parts.addAll(result(fold));
        }
        Sigmoid sigmoid = wf.task(MultiTasks::sigmoid).submit(all(parts)).get();
        parts.forEach(Ref::delete);
        return sigmoid;
    }

    private List<Ref<MultiTasks.Held>> held(Duel duel, SideWeights sides, int fold) {
        List<Ref<BlockRows>> rows = rowsFor(duel, new Fold(fold, false, options.seed()));
        Ref<Machine> machine = new Cascade(wf, options, sides, x, rows, Placer.affinity())
                .run(round -> {})
                .machine();
        rows.forEach(Ref::delete);
        List<Ref<MultiTasks.Held>> parts = new ArrayList<>();
        for (Ref<BlockRows> back : rowsFor(duel, new Fold(fold, true, options.seed()))) {
            parts.add(wf.task(MultiTasks::held)
                    .on(near(back))
                    .submit(back, machine, value(options.function(x.columns()))));
            back.delete();
        }
        machine.delete();
        return parts;
    }

    /** The rows of two sides in the blocks that have any. */
    private List<Ref<BlockRows>> rowsFor(Duel duel, Fold fold) {
        List<Ref<BlockRows>> rows = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            long here = 0;
            for (int k = 0; k < counts.get(i).length; k++) {
                here += duel.label(k) == 0 ? 0 : counts.get(i)[k];
            }
            if (here > 0) {
                Ref<CodedRows> block = blocks.get(i);
                rows.add(wf.task(MultiTasks::rowsFor).on(near(block)).submit(block, value(duel), value(fold)));
            }
        }
        return rows;
    }

    private MultiData collect(MultiClass how, double[] classes, List<Duel> duels, List<Trained> trained) {
        List<long[]> rows = rowNumbers(duels, trained);
        long[] ids =
                rows.stream().flatMapToLong(LongStream::of).sorted().distinct().toArray();
        Points all =
                Points.concat(trained.stream().map(t -> t.machine().points()).toList());
        int[] which = new int[ids.length];
        int before = 0;
        List<MultiData.Use> uses = new ArrayList<>();
        List<MultiHeader.Part> parts = new ArrayList<>();
        for (int m = 0; m < duels.size(); m++) {
            Machine machine = trained.get(m).machine();
            int[] at = new int[machine.size()];
            for (int s = 0; s < at.length; s++) {
                at[s] = Arrays.binarySearch(ids, rows.get(m)[s]);
                which[at[s]] = before + s;
            }
            before += at.length;
            uses.add(new MultiData.Use(at, machine.beta()));
            List<Sigmoid> sigmoid = trained.get(m).sigmoid();
            parts.add(new MultiHeader.Part(
                    duels.get(m).first(),
                    duels.get(m).second(),
                    at.length,
                    machine.state().rho(),
                    sigmoid.isEmpty() ? null : sigmoid.getFirst(),
                    trained.get(m).certificate()));
        }
        var header = new MultiHeader(
                ModelData.version(),
                all.features(),
                ids.length,
                classes.length == 2 ? MultiClass.OVO : how,
                classes,
                Arrays.stream(classes).mapToObj(MultiClassSvm::name).toList(),
                parts,
                ModelHeader.Options.of(options, x.columns()),
                x.rows(),
                x.blockShape().rows(),
                null,
                null);
        return new MultiData(header, all.select(which), ids, uses);
    }

    /** Where each machine's rows are in the array: every block is asked once, about all machines. */
    private List<long[]> rowNumbers(List<Duel> duels, List<Trained> trained) {
        List<Ref<List<long[]>>> asked = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            long from = x.rowRange(i).from();
            long to = i + 1 < blocks.size() ? x.rowRange(i + 1).from() : Long.MAX_VALUE;
            List<long[]> ids = new ArrayList<>();
            for (Trained t : trained) {
                ids.add(Arrays.stream(t.machine().ids())
                        .filter(id -> id >= from && id < to)
                        .toArray());
            }
            asked.add(wf.task(MultiTasks::rowNumbers)
                    .on(near(blocks.get(i)))
                    .submit(blocks.get(i), value(List.copyOf(duels)), value(List.copyOf(ids))));
        }
        List<LongStream.Builder> rows = new ArrayList<>();
        trained.forEach(t -> rows.add(LongStream.builder()));
        for (Ref<List<long[]>> answer : asked) {
            List<long[]> found = answer.get();
            for (int m = 0; m < found.size(); m++) {
                Arrays.stream(found.get(m)).forEach(rows.get(m));
            }
            answer.delete();
        }
        return rows.stream().map(builder -> builder.build().toArray()).toList();
    }

    private static <T> T result(Future<T> future) {
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
