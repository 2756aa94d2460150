package dev.kiln.csvm;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

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

/** What a multi-class model says of rows. A support vector's kernel row is evaluated once for all machines. */
final class MultiPrediction {

    /** What to say. */
    enum Answer {
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

    static DsArray predict(MultiData model, DsArray x, Answer answer) {
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

    static double[][] answers(double[][] decisions, MultiHeader header, Answer answer) {
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
    static double[][] decisions(Block x, MultiData model, long firstRow) {
        MultiHeader h = model.header();
        ModelHeader.Scaling scaling = h.scaling();
        Points points = BlockRows.points(scaling == null ? x : Prediction.scaled(x, scaling), firstRow);
        int machines = h.machines().size();
        double[][] sums = new double[machines][x.rows()];
        int[] next = new int[machines];
        var sum = new SharedKernelSum(h.options().toOptions().function(h.features()), points);
        for (int s = 0; s < model.ids().length; s++) {
            sum.evaluate(model.points(), s);
            for (int m = 0; m < machines; m++) {
                MultiData.Use use = model.uses().get(m);
                if (next[m] < use.rows().length && use.rows()[next[m]] == s) {
                    sum.add(use.beta()[next[m]++], sums[m]);
                }
            }
        }
        double[][] rows = new double[x.rows()][machines];
        for (int m = 0; m < machines; m++) {
            double rho = h.machines().get(m).rho();
            for (int i = 0; i < rows.length; i++) {
                rows[i][m] = sums[m][i] - rho;
            }
        }
        return rows;
    }

    /** The index of the class with most votes; of several the one with the greatest sum of decision values. */
    static int winner(double[] decisions, MultiHeader h) {
        int classes = h.classes().size();
        double[] votes = new double[classes];
        double[] strength = new double[classes];
        for (int m = 0; m < decisions.length; m++) {
            MultiHeader.Part part = h.machines().get(m);
            strength[part.first()] += decisions[m];
            if (part.second() != Duel.REST) {
                strength[part.second()] -= decisions[m];
                votes[decisions[m] > 0 ? part.first() : part.second()]++;
            }
        }
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (votes[k] > votes[best] || (votes[k] == votes[best] && strength[k] > strength[best])) {
                best = k;
            }
        }
        return best;
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
