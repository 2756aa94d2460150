package dev.kiln.csvm.weak;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.shard;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.Shape;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Rows around 15 centres in 20 dimensions, made where they are to lie: the data that the Cascade SVM's weak scaling is
 * measured on. Centres are uniform in [-10, 10), from seed 777; rows deviate from theirs by 1 in each column; block i
 * comes from seed 42 + i, and holds as many rows of each class, shuffled. The distribution is that of scikit-learn's
 * {@code make_blobs}, the numbers are not.
 */
final class Blobs {

    static final int FEATURES = 20;
    static final int CLASSES = 15;

    private static final long CENTRES = 777;
    private static final long FIRST_BLOCK = 42;

    private Blobs() {}

    /**
     * Rows and their labels, one column: the class from 0, or its {@link Target}.
     *
     * @param x the rows
     * @param y the labels
     */
    record BlobBlock(Block x, Block y) {}

    /** What is learned. */
    enum Target {
        /** Which of the 15 classes. */
        CLASSES,
        /** Whether the class is one of the first eight: +1 or -1. */
        BINARY
    }

    /** Both arrays, in the same blocks. */
    record Data(DsArray x, DsArray y) {
        void delete() {
            x.delete();
            y.delete();
        }
    }

    /** So many blocks, from this one on, block i of them in shard i. */
    static Data generate(Workflow wf, int first, int blocks, int blockRows, Target target) {
        List<List<Ref<Block>>> x = new ArrayList<>();
        List<List<Ref<Block>>> y = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            Ref<BlobBlock> block = wf.task(Blobs::block)
                    .on(shard(i % Placement.SHARDS))
                    .submit(value(first + i), value(blockRows), value(target));
            x.add(List.of(block.part(BlobBlock::x)));
            y.add(List.of(block.part(BlobBlock::y)));
            block.delete();
        }
        long rows = (long) blocks * blockRows;
        return new Data(
                DsArray.ofBlocks(wf, new Shape(rows, FEATURES), new BlockShape(blockRows, FEATURES), x),
                DsArray.ofBlocks(wf, new Shape(rows, 1), new BlockShape(blockRows, 1), y));
    }

    @Task(name = "blobs")
    static BlobBlock block(int number, int rows, Target target) {
        double[][] centres = centres();
        var random = new SplittableRandom(FIRST_BLOCK + number);
        int[] classes = new int[rows];
        for (int i = 0; i < rows; i++) {
            int j = random.nextInt(i + 1);
            classes[i] = classes[j];
            classes[j] = i % CLASSES;
        }
        double[] x = new double[rows * FEATURES];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            for (int f = 0; f < FEATURES; f++) {
                x[i * FEATURES + f] = centres[classes[i]][f] + random.nextGaussian();
            }
            y[i] = target == Target.CLASSES ? classes[i] : classes[i] < 8 ? 1 : -1;
        }
        return new BlobBlock(new DenseBlock(rows, FEATURES, x), new DenseBlock(rows, 1, y));
    }

    private static double[][] centres() {
        var random = new SplittableRandom(CENTRES);
        double[][] centres = new double[CLASSES][];
        for (int k = 0; k < CLASSES; k++) {
            centres[k] = random.doubles(FEATURES, -10, 10).toArray();
        }
        return centres;
    }
}
