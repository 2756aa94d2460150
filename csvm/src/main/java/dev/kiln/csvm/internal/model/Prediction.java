package dev.kiln.csvm.internal.model;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.internal.rows.RowTasks;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.KernelSum;
import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.Block;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.Shape;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;

/** What a model says of rows: here, or in blocks where they lie. */
public final class Prediction {

    private Prediction() {}

    public static DsArray decisions(ModelData model, DsArray x) {
        return column(model, x, false);
    }

    public static DsArray signs(ModelData model, DsArray x) {
        return column(model, x, true);
    }

    public static double score(ModelData model, DsArray x, DsArray y) {
        Shapes.checkLabels(x, y);
        return share(signs(model, x), y);
    }

    /** The part of the rows in which a column, which is deleted, is what it should be. */
    public static double share(DsArray found, DsArray y) {
        Workflow wf = y.workflow();
        List<Ref<Long>> counts = new ArrayList<>();
        for (int i = 0; i < y.blockRows(); i++) {
            Ref<Block> block = found.block(i, 0);
            counts.add(wf.task(Prediction::equal).on(near(block)).submit(block, y.block(i, 0)));
        }
        found.delete();
        try {
            return wf.task(RowTasks::sum).submit(all(counts)).get() / (double) y.rows();
        } catch (TaskFailedException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : e;
        } finally {
            counts.forEach(Ref::delete);
        }
    }

    /** Decision values of rows held here. */
    public static double[] decisions(ModelData model, double[][] rows) {
        for (double[] row : rows) {
            Shapes.checkColumns(row.length, model.header().features());
        }
        Block block =
                rows.length == 0 ? new DenseBlock(0, model.header().features(), new double[0]) : DenseBlock.of(rows);
        return decisions(block, model, 0);
    }

    private static DsArray column(ModelData model, DsArray x, boolean signs) {
        Shapes.checkColumns(x.columns(), model.header().features());
        Workflow wf = x.workflow();
        Ref<ModelData> shared = wf.put(model);
        List<List<Ref<Block>>> grid = new ArrayList<>();
        for (int i = 0; i < x.blockRows(); i++) {
            Ref<Block> block = x.rowBlocks().get(i);
            grid.add(List.of(wf.task(Prediction::predict)
                    .on(near(block))
                    .submit(block, shared, value(x.rowRange(i).from()), value(signs))));
        }
        shared.delete();
        return DsArray.ofBlocks(
                wf, new Shape(x.rows(), 1), new BlockShape(x.blockShape().rows(), 1), grid);
    }

    /** Decision values of the rows of a block, or only their signs. */
    @Task(name = "predict")
    static Block predict(Block x, ModelData model, long firstRow, boolean signs) {
        double[] values = decisions(x, model, firstRow);
        if (signs) {
            for (int i = 0; i < values.length; i++) {
                values[i] = values[i] > 0 ? 1 : -1;
            }
        }
        return new DenseBlock(values.length, 1, values);
    }

    /** In how many rows two columns are equal. */
    @Task(name = "equal")
    public static long equal(Block a, Block b) {
        long count = 0;
        for (int i = 0; i < a.rows(); i++) {
            count += a.get(i, 0) == b.get(i, 0) ? 1 : 0;
        }
        return count;
    }

    private static double[] decisions(Block x, ModelData model, long firstRow) {
        ModelHeader.Scaling scaling = model.header().scaling();
        Points points = BlockRows.points(scaling == null ? x : scaled(x, scaling), firstRow);
        KernelFunction kernel = model.header().options().toOptions().function(x.columns());
        double[] sums = new double[x.rows()];
        new KernelSum(kernel, points, sums).addAll(model.beta(), model.points());
        for (int i = 0; i < sums.length; i++) {
            sums[i] -= model.header().rho();
        }
        return sums;
    }

    public static Block scaled(Block x, ModelHeader.Scaling scaling) {
        if (x instanceof CsrBlock sparse && scaling.keepsZeros()) {
            double[] values = new double[sparse.stored()];
            for (int p = 0; p < values.length; p++) {
                values[p] = scaling.apply(sparse.values()[p], sparse.indices()[p]);
            }
            return new CsrBlock(sparse.rows(), sparse.columns(), sparse.starts(), sparse.indices(), values);
        }
        double[][] rows = new double[x.rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = x.row(i);
            scaling.apply(rows[i]);
        }
        return rows.length == 0 ? x : DenseBlock.of(rows);
    }
}
