package dev.kiln.dislib;

import static dev.kiln.tasks.Arg.all;
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
import org.jspecify.annotations.Nullable;

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

    /**
     * An array with the elements of a block, copied into blocks of the same kind, dense or sparse, that are put into the
     * cluster.
     */
    public static DsArray of(Workflow wf, Block whole, BlockShape blockShape) {
        var shape = new Shape(whole.rows(), whole.columns());
        return generate(wf, shape, blockShape, (rows, columns, firstRow, firstColumn, where) -> {
            int row = (int) firstRow;
            int column = (int) firstColumn;
            return wf.put(whole.slice(row, row + rows, column, column + columns), where);
        });
    }

    /** An array of random numbers of [0, 1); the same seed gives the same numbers whatever the block shape. */
    public static DsArray random(Workflow wf, Shape shape, BlockShape blockShape, Seed seed) {
        if (!blockShape.fitsArray()) {
            throw new IllegalArgumentException("blocks of " + blockShape + ": a dense block holds at most "
                    + (Integer.MAX_VALUE - 8) + " elements; use smaller blocks");
        }
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

    /**
     * Waits for the blocks and brings the elements that are not zero here; for arrays of which most are.
     *
     * @throws IllegalStateException when rows are cut over several blocks
     * @throws IllegalArgumentException when there are more such elements than one Java array can hold
     */
    public CsrBlock collectSparse() {
        var all = new CsrBuilder(Math.toIntExact(columns()));
        for (Ref<Block> ref : rowBlocks()) {
            all.addRows(CsrBlock.of(ref.get()));
        }
        return all.build();
    }

    /**
     * Consecutive rows as an array of their own, in blocks of the same shape, made where their rows are. Where the range
     * begins with a block no task is needed but for a part of a block at its end: both arrays then have the same blocks,
     * so delete only the last of them in use.
     *
     * @throws IndexOutOfBoundsException when there are no such rows
     */
    public DsArray rows(RowRange range) {
        if (range.from() >= range.to() || range.to() > rows()) {
            throw new IndexOutOfBoundsException("rows " + range.from() + " to " + range.to() + " of " + this
                    + "; expected at least one of its rows");
        }
        List<List<Ref<Block>>> chosen = new ArrayList<>();
        for (long from = range.from(); from < range.to(); from += blockShape.rows()) {
            long to = Math.min(range.to(), from + blockShape.rows());
            int first = (int) (from / blockShape.rows());
            int last = (int) ((to - 1) / blockShape.rows());
            RowRange own = rowRange(first);
            List<Ref<Block>> row = new ArrayList<>();
            for (int j = 0; j < blockColumns(); j++) {
                Ref<Block> block = block(first, j);
                row.add(
                        own.from() == from && own.to() == to
                                ? block
                                : slice(block, last > first ? block(last, j) : null, from - own.from(), to - from));
            }
            chosen.add(row);
        }
        return ofBlocks(workflow, new Shape(range.to() - range.from(), columns()), blockShape, chosen);
    }

    private Ref<Block> slice(Ref<Block> block, @Nullable Ref<Block> next, long skip, long count) {
        List<Ref<Block>> parts = next == null ? List.of(block) : List.of(block, next);
        return workflow.task(BlockTasks::rows).on(near(block)).submit(all(parts), value((int) skip), value((int)
                count));
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
