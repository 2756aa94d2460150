package dev.kiln.dislib;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;
import static dev.kiln.tasks.Placement.shard;

import dev.kiln.tasks.Fn;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A matrix in blocks, each of which stays on the node that holds it. What is done to an array is done by tasks, near
 * its blocks; only {@link #collect} brings the elements here.
 *
 * <p>All blocks have the {@linkplain #blockShape() block shape}, but for those at the right and lower edges, which have
 * what is left. Immutable and thread-safe. Belongs to the workflow that made it, and cannot be used once that is closed.
 */
public final class DsArray {

    private final Workflow workflow;
    private final Shape shape;
    private final BlockShape blockShape;
    private final List<List<Ref<Block>>> grid;

    private DsArray(Workflow workflow, Shape shape, BlockShape blockShape, List<List<Ref<Block>>> grid) {
        this.workflow = workflow;
        this.shape = shape;
        this.blockShape = blockShape;
        this.grid = grid;
    }

    /** An array with these elements, copied into blocks that are put into the cluster. */
    public static DsArray of(Workflow wf, double[][] rows, BlockShape blockShape) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException("an array has 1 row or more, and 1 column or more; found none");
        }
        return of(wf, DenseBlock.of(rows), blockShape);
    }

    /** An array with the elements of a block, copied into blocks that are put into the cluster. */
    public static DsArray of(Workflow wf, Block whole, BlockShape blockShape) {
        DenseBlock dense = whole.toDense();
        var shape = new Shape(dense.rows(), dense.columns());
        return generate(wf, shape, blockShape, (rows, columns, firstRow, firstColumn, where) -> {
            var values = new double[rows * columns];
            for (int i = 0; i < rows; i++) {
                int from = ((int) firstRow + i) * dense.columns() + (int) firstColumn;
                System.arraycopy(dense.values(), from, values, i * columns, columns);
            }
            return wf.put(new DenseBlock(rows, columns, values), where);
        });
    }

    /** An array of random numbers of [0, 1); the same seed gives the same numbers whatever the block shape. */
    public static DsArray random(Workflow wf, Shape shape, BlockShape blockShape, Seed seed) {
        return generate(
                wf,
                shape,
                blockShape,
                (rows, columns, firstRow, firstColumn, where) -> wf.task(BlockTasks::random)
                        .on(where)
                        .submit(
                                value(rows),
                                value(columns),
                                value(firstRow),
                                value(firstColumn),
                                value(shape.columns()),
                                value(seed.value())));
    }

    /**
     * An array of blocks that exist or are being made.
     *
     * @param grid the blocks, by block row; each must have the size that shape and block shape give to its place
     * @throws IllegalArgumentException when the grid has another number of blocks than the shapes say
     */
    public static DsArray ofBlocks(
            Workflow wf, Shape shape, BlockShape blockShape, List<? extends List<? extends Ref<Block>>> grid) {
        int blockRows = pieces(shape.rows(), blockShape.rows());
        int blockColumns = pieces(shape.columns(), blockShape.columns());
        List<List<Ref<Block>>> copy = new ArrayList<>();
        for (List<? extends Ref<Block>> row : grid) {
            if (row.size() != blockColumns) {
                throw new IllegalArgumentException(describe(shape, blockShape) + " has " + blockColumns
                        + " blocks in a block row; found " + row.size());
            }
            copy.add(List.copyOf(row));
        }
        if (copy.size() != blockRows) {
            throw new IllegalArgumentException(
                    describe(shape, blockShape) + " has " + blockRows + " block rows; found " + copy.size());
        }
        return new DsArray(wf, shape, blockShape, List.copyOf(copy));
    }

    /** The size of the array. */
    public Shape shape() {
        return shape;
    }

    /** The size of a block that is not at an edge; may exceed the size of a small array. */
    public BlockShape blockShape() {
        return blockShape;
    }

    /** The number of rows. */
    public long rows() {
        return shape.rows();
    }

    /** The number of columns. */
    public long columns() {
        return shape.columns();
    }

    /** The workflow that this array belongs to. */
    public Workflow workflow() {
        return workflow;
    }

    /** How many blocks lie one below the other. */
    public int blockRows() {
        return grid.size();
    }

    /** How many blocks lie side by side. */
    public int blockColumns() {
        return grid.getFirst().size();
    }

    /** The block in this block row and block column, counted from 0. */
    public Ref<Block> block(int blockRow, int blockColumn) {
        Objects.checkIndex(blockRow, blockRows());
        Objects.checkIndex(blockColumn, blockColumns());
        return grid.get(blockRow).get(blockColumn);
    }

    /**
     * The blocks from top to bottom, each with whole rows of the array.
     *
     * @throws IllegalStateException when rows are cut over several blocks
     */
    public List<Ref<Block>> rowBlocks() {
        if (blockColumns() != 1) {
            throw new IllegalStateException("the rows of " + this + " are cut into " + blockColumns()
                    + " blocks; expected blocks as wide as the array");
        }
        return grid.stream().map(List::getFirst).toList();
    }

    /** The rows of the array that lie in this block row. */
    public RowRange rowRange(int blockRow) {
        Objects.checkIndex(blockRow, blockRows());
        long from = (long) blockRow * blockShape.rows();
        return new RowRange(from, Math.min(rows(), from + blockShape.rows()));
    }

    /**
     * Applies a task to each block, where the block is. The task must return a block of the same size.
     *
     * @param task a reference to a method marked {@link dev.kiln.tasks.Task}
     */
    public DsArray map(Fn.F1<Block, Block> task) {
        List<List<Ref<Block>>> mapped = new ArrayList<>();
        for (List<Ref<Block>> row : grid) {
            List<Ref<Block>> out = new ArrayList<>();
            for (Ref<Block> block : row) {
                out.add(workflow.task(task).on(near(block)).submit(block));
            }
            mapped.add(out);
        }
        return ofBlocks(workflow, shape, blockShape, mapped);
    }

    /**
     * Waits for the blocks and brings the whole array here.
     *
     * @throws IllegalStateException when it has more elements than one Java array can hold
     */
    public DenseBlock collect() {
        if (rows() > (Integer.MAX_VALUE - 8) / columns()) {
            throw new IllegalStateException(this + " is too large to collect: one array holds at most "
                    + (Integer.MAX_VALUE - 8) + " elements; work on its blocks");
        }
        int columns = (int) columns();
        var values = new double[(int) rows() * columns];
        for (int i = 0; i < blockRows(); i++) {
            for (int j = 0; j < blockColumns(); j++) {
                Block block = block(i, j).get();
                int at = i * blockShape.rows() * columns + j * blockShape.columns();
                for (int r = 0; r < block.rows(); r++) {
                    block.copyRow(r, values, at + r * columns);
                }
            }
        }
        return new DenseBlock((int) rows(), columns, values);
    }

    /** Waits until every block exists; throws as {@link Ref#get} when one of them failed. */
    public void await() {
        grid.forEach(row -> row.forEach(Ref::await));
    }

    /** Frees the blocks once the tasks submitted so far have read them; using the array afterwards fails at once. */
    public void delete() {
        grid.forEach(row -> row.forEach(Ref::delete));
    }

    /** As messages show it: {@code DsArray[8x4 in blocks of 2x2]}. */
    @Override
    public String toString() {
        return describe(shape, blockShape);
    }

    private static String describe(Shape shape, BlockShape blockShape) {
        return "DsArray[" + shape + " in blocks of " + blockShape + "]";
    }

    private static int pieces(long size, int piece) {
        return Math.toIntExact(Math.ceilDiv(size, (long) piece));
    }

    private static DsArray generate(Workflow wf, Shape shape, BlockShape blockShape, BlockMaker maker) {
        List<List<Ref<Block>>> grid = new ArrayList<>();
        int number = 0;
        for (long i = 0; i < shape.rows(); i += blockShape.rows()) {
            List<Ref<Block>> row = new ArrayList<>();
            for (long j = 0; j < shape.columns(); j += blockShape.columns()) {
                int rows = (int) Math.min(blockShape.rows(), shape.rows() - i);
                int columns = (int) Math.min(blockShape.columns(), shape.columns() - j);
                row.add(maker.make(rows, columns, i, j, shard(number++ % Placement.SHARDS)));
            }
            grid.add(row);
        }
        return ofBlocks(wf, shape, blockShape, grid);
    }

    /** Makes the block of a size, at a place in the array, to be kept at a place in the cluster. */
    private interface BlockMaker {
        Ref<Block> make(int rows, int columns, long firstRow, long firstColumn, Placement where);
    }
}
