package dev.kiln.csvm;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.csvm.internal.cascade.ClassicPasses;
import dev.kiln.csvm.internal.cascade.Machine;
import dev.kiln.csvm.internal.cascade.Placer;
import dev.kiln.csvm.internal.cascade.Training;
import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.internal.rows.RowTasks;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.csvm.internal.rows.SideCounts;
import dev.kiln.csvm.internal.rows.SideWeights;
import dev.kiln.csvm.internal.tune.FoldTasks;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds C and gamma by cross-validation. Each pair is tried on every fold, by one pass of the cascade; along ascending C
 * the blocks start from the support vectors of the C before, so that a further C costs little. All of it is one graph of
 * tasks: nothing waits for the driver. Folds depend on the seed and on row numbers alone, and so the same seed gives the
 * same bits on any number of nodes. Stateless.
 */
public final class GridSearch {

    private final CascadeSvmOptions options;
    private final int folds;

    /**
     * With options whose C and gamma are not looked at.
     *
     * @param folds into how many parts the rows are cut, 2 or more
     */
    public GridSearch(CascadeSvmOptions options, int folds) {
        if (folds < 2) {
            throw new IllegalArgumentException("folds " + folds + ": expected 2 or more");
        }
        this.options = options;
        this.folds = folds;
    }

    /**
     * How good a pair is.
     *
     * @param c the price of a row on the wrong side
     * @param gamma of the kernel
     * @param accuracy the part of all rows that the machine trained without their fold gets right
     */
    public record Cell(double c, double gamma, double accuracy) {}

    /** The best pair: of equal ones that of the least C, then of the least gamma. */
    public static Cell best(List<Cell> cells) {
        return cells.stream()
                .min(Comparator.comparingDouble((Cell cell) -> -cell.accuracy())
                        .thenComparingDouble(Cell::c)
                        .thenComparingDouble(Cell::gamma))
                .orElseThrow(() -> new IllegalArgumentException("no pairs; expected 1 or more"));
    }

    /**
     * Tries every pair.
     *
     * @param cs values of C, above 0
     * @param gammas values of gamma, above 0
     * @return one cell a pair: in the order of the gammas, and of ascending C for each
     * @throws IllegalArgumentException as {@link CascadeSvm#fit}, or when there are fewer rows than folds
     */
    public List<Cell> run(DsArray x, DsArray y, List<Double> cs, List<Double> gammas) {
        Shapes.checkLabels(x, y);
        if (x.rows() < folds) {
            throw new IllegalArgumentException(
                    folds + " folds of " + x.rows() + " rows; expected at most as many folds as rows");
        }
        Workflow wf = x.workflow();
        List<Ref<BlockRows>> blocks = new ArrayList<>();
        for (int i = 0; i < x.blockRows(); i++) {
            Ref<Block> block = x.rowBlocks().get(i);
            blocks.add(wf.task(RowTasks::rows)
                    .on(near(block))
                    .submit(block, y.block(i, 0), value(x.rowRange(i).from())));
        }
        try {
            return cells(wf, x, blocks, cs.stream().sorted().toList(), gammas);
        } catch (TaskFailedException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
        } finally {
            blocks.forEach(Ref::delete);
        }
    }

    private List<Cell> cells(
            Workflow wf, DsArray x, List<Ref<BlockRows>> blocks, List<Double> cs, List<Double> gammas) {
        // A block that cannot be used is refused before anything depends on it.
        blocks.forEach(Ref::await);
        SideWeights sides = sides(wf, x, blocks);
        List<List<Ref<Long>>> hits = new ArrayList<>();
        for (int i = 0; i < gammas.size() * cs.size(); i++) {
            hits.add(new ArrayList<>());
        }
        for (int fold = 0; fold < folds; fold++) {
            List<Ref<BlockRows>> train = parts(wf, x, blocks, fold, false);
            List<Ref<BlockRows>> test = parts(wf, x, blocks, fold, true);
            if (train.isEmpty()) {
                throw new IllegalArgumentException("one of " + folds + " folds holds all " + x.rows()
                        + " rows; expected more rows, or another seed");
            }
            for (int g = 0; g < gammas.size(); g++) {
                Ref<Machine> machine = null;
                for (int k = 0; k < cs.size(); k++) {
                    Training t = training(x, sides, cs.get(k), gammas.get(g));
                    var passes = new ClassicPasses(wf, options.arity(), t, Placer.affinity(), train);
                    double inner = options.tolerance() / 2;
                    machine = machine == null ? passes.first(inner) : passes.next(machine, inner);
                    for (Ref<BlockRows> block : test) {
                        hits.get(g * cs.size() + k)
                                .add(wf.task(FoldTasks::hits).on(near(block)).submit(block, machine, value(t)));
                    }
                }
                if (machine != null) {
                    machine.delete();
                }
            }
            train.forEach(Ref::delete);
            test.forEach(Ref::delete);
        }
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            long right = wf.task(RowTasks::sum).submit(all(hits.get(i))).get();
            hits.get(i).forEach(Ref::delete);
            cells.add(new Cell(cs.get(i % cs.size()), gammas.get(i / cs.size()), right / (double) x.rows()));
        }
        return cells;
    }

    private List<Ref<BlockRows>> parts(Workflow wf, DsArray x, List<Ref<BlockRows>> blocks, int fold, boolean inside) {
        List<Ref<BlockRows>> parts = new ArrayList<>();
        var cut = new FoldTasks.Cut(options.seed(), folds, fold, inside);
        for (int i = 0; i < blocks.size(); i++) {
            if (cut.any(x.rowRange(i).from(), x.rowRange(i).to())) {
                parts.add(wf.task(FoldTasks::part).on(near(blocks.get(i))).submit(blocks.get(i), value(cut)));
            }
        }
        return parts;
    }

    /** The weights of the classes; balanced ones are those of all rows, in every fold. */
    private SideWeights sides(Workflow wf, DsArray x, List<Ref<BlockRows>> blocks) {
        List<Ref<SideCounts>> parts = new ArrayList<>();
        for (Ref<BlockRows> block : blocks) {
            parts.add(wf.task(RowTasks::sides).on(near(block)).submit(block, value(options.function(x.columns()))));
        }
        SideCounts counts = wf.task(RowTasks::allSides).submit(all(parts)).get();
        parts.forEach(Ref::delete);
        return counts.areBoth() ? SideWeights.of(options.classWeights(), counts) : SideWeights.EQUAL;
    }

    private Training training(DsArray x, SideWeights sides, double c, double gamma) {
        CascadeSvmOptions these = options.toBuilder().c(c).gamma(gamma).build();
        return new Training(
                these.function(x.columns()),
                c,
                sides,
                these.tolerance(),
                these.kernelBytes(),
                these.seed(),
                x.blockRows());
    }
}
