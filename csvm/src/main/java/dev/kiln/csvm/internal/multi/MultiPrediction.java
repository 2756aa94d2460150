package dev.kiln.csvm.internal.multi;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.internal.model.ModelHeader;
import dev.kiln.csvm.internal.model.MultiData;
import dev.kiln.csvm.internal.model.MultiHeader;
import dev.kiln.csvm.internal.model.Prediction;
import dev.kiln.csvm.internal.model.Sigmoid;
import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SharedKernelSum;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.Shape;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a multi-class model says of rows. A support vector's kernel row is evaluated once for all machines. */
public final class MultiPrediction {

    /** What to say. */
    public enum Answer {
        /** A column a machine. */
        DECISIONS,
        /** One column with the number of the class. */
        CLASSES,
        /** A column a class. */
        PROBABILITIES;

        int columns(MultiHeader header) {
            return switch (this) {
                case DECISIONS -> header.machines().size();
                case CLASSES -> 1;
                case PROBABILITIES -> header.classes().size();
            };
        }
    }

    private MultiPrediction() {}

    public static DsArray predict(MultiData model, DsArray x, Answer answer) {
        Shapes.checkColumns(x.columns(), model.header().features());
        Workflow wf = x.workflow();
        Ref<MultiData> shared = wf.put(model);
        List<List<Ref<Block>>> grid = new ArrayList<>();
        for (int i = 0; i < x.blockRows(); i++) {
            Ref<Block> block = x.rowBlocks().get(i);
            grid.add(List.of(wf.task(MultiPrediction::answer)
                    .on(near(block))
                    .submit(block, shared, value(x.rowRange(i).from()), value(answer))));
        }
        shared.delete();
        int columns = answer.columns(model.header());
        return DsArray.ofBlocks(
                wf, new Shape(x.rows(), columns), new BlockShape(x.blockShape().rows(), columns), grid);
    }

    /** The answer for the rows of a block. */
    @Task(name = "predict classes")
    static Block answer(Block x, MultiData model, long firstRow, Answer kind) {
        double[][] rows = answers(decisions(x, model, firstRow), model.header(), kind);
        int columns = kind.columns(model.header());
        return rows.length == 0 ? new DenseBlock(0, columns, new double[0]) : DenseBlock.of(rows);
    }

    public static double[][] answers(double[][] decisions, MultiHeader header, Answer answer) {
        double[][] rows = new double[decisions.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = switch (answer) {
                case DECISIONS -> decisions[i];
                case CLASSES -> new double[] {header.values()[winner(decisions[i], header)]};
                case PROBABILITIES -> probabilities(decisions[i], header);
            };
        }
        return rows;
    }

    /** The decision values of each row, one a machine. */
    public static double[][] decisions(Block x, MultiData model, long firstRow) {
        MultiHeader h = model.header();
        ModelHeader.Scaling scaling = h.scaling();
        Points points = BlockRows.points(scaling == null ? x : Prediction.scaled(x, scaling), firstRow);
        double[] rho = h.machines().stream().mapToDouble(MultiHeader.Part::rho).toArray();
        var vectors = new Machines.Vectors(model.points(), model.ids(), model.uses());
        return decisions(points, vectors, rho, h.options().toOptions().function(h.features()));
    }

    /** The decision values of each row, one a machine with this threshold. */
    public static double[][] decisions(Points points, Machines.Vectors vectors, double[] rho, KernelFunction kernel) {
        int machines = rho.length;
        double[][] sums = new double[machines][points.rows()];
        int[] next = new int[machines];
        var sum = new SharedKernelSum(kernel, points);
        int all = vectors.ids().length;
        for (int first = 0; first < all; first += SharedKernelSum.MOST) {
            int last = Math.min(all, first + SharedKernelSum.MOST);
            sum.evaluate(vectors.points(), IntStream.range(first, last).toArray(), last - first);
            for (int m = 0; m < machines; m++) {
                MultiData.Use use = vectors.uses().get(m);
                for (; next[m] < use.rows().length && use.rows()[next[m]] < last; next[m]++) {
                    sum.add(use.rows()[next[m]] - first, use.beta()[next[m]], sums[m]);
                }
            }
        }
        double[][] rows = new double[points.rows()][machines];
        for (int m = 0; m < machines; m++) {
            for (int i = 0; i < rows.length; i++) {
                rows[i][m] = sums[m][i] - rho[m];
            }
        }
        return rows;
    }

    /** The index of the class that decision values of one row speak for. */
    public static int winner(double[] decisions, MultiHeader h) {
        List<Duel> duels = h.machines().stream()
                .map(part -> new Duel(part.first(), part.second()))
                .toList();
        return Duel.winner(decisions, duels, h.classes().size());
    }

    /** Pairs are coupled; classes against the rest are made to add up to 1. */
    private static double[] probabilities(double[] decisions, MultiHeader h) {
        int classes = h.classes().size();
        double[][] r = new double[classes][classes];
        double[] alone = new double[classes];
        double total = 0;
        for (int m = 0; m < decisions.length; m++) {
            MultiHeader.Part part = h.machines().get(m);
            Sigmoid sigmoid = part.probability();
            if (sigmoid == null) {
                throw new IllegalStateException("the model has no probabilities; train it with probabilities");
            }
            double p = Coupling.inside(sigmoid.probability(decisions[m]));
            if (part.second() == Duel.REST) {
                alone[part.first()] = p;
                total += p;
            } else {
                r[part.first()][part.second()] = p;
                r[part.second()][part.first()] = 1 - p;
            }
        }
        if (h.multiclass() == MultiClass.OVR) {
            for (int k = 0; k < classes; k++) {
                alone[k] /= total;
            }
            return alone;
        }
        return classes == 2 ? new double[] {r[0][1], r[1][0]} : Coupling.couple(r);
    }
}
