package dev.kiln.csvm;

import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.dislib.Block;
import dev.kiln.tasks.Task;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The tasks of multi-class training besides those of each cascade. */
final class MultiTasks {

    private MultiTasks() {}

    /** The different labels of a block, ascending. */
    @Task(name = "labels")
    static double[] labels(Block y, long firstRow) {
        double[] labels = new double[y.rows()];
        for (int i = 0; i < labels.length; i++) {
            // No negative zero: it would be a class of its own.
            labels[i] = y.get(i, 0) + 0.0;
            if (!Double.isFinite(labels[i])) {
                throw new IllegalArgumentException(
                        "the label of row " + (firstRow + i) + " is " + labels[i] + "; expected a finite number");
            }
        }
        return Arrays.stream(labels).sorted().distinct().toArray();
    }

    /** The different labels of all blocks, ascending. */
    @Task(name = "classes")
    static double[] classes(List<double[]> blocks) {
        return blocks.stream()
                .flatMapToDouble(DoubleStream::of)
                .sorted()
                .distinct()
                .toArray();
    }

    @Task(name = "class rows")
    static CodedRows classRows(Block x, Block y, long firstRow, double[] classes) {
        return CodedRows.of(x, y, firstRow, classes);
    }

    @Task(name = "weighted class rows")
    static CodedRows weightedClassRows(Block x, Block y, Block w, long firstRow, double[] classes) {
        return CodedRows.of(x, y, firstRow, classes).weighing(w);
    }

    @Task(name = "class counts")
    static long[] counts(CodedRows rows, int classes) {
        return rows.counts(classes);
    }

    @Task(name = "two classes")
    static BlockRows rowsFor(CodedRows rows, Duel duel, Fold fold) {
        return rows.rowsFor(duel, fold);
    }

    @Task(name = "row numbers")
    static List<long[]> rowNumbers(CodedRows rows, List<Duel> duels, List<long[]> ids) {
        long[][] found = new long[duels.size()][];
        for (int m = 0; m < found.length; m++) {
            found[m] = rows.rowNumbers(duels.get(m), ids.get(m));
        }
        return List.of(found);
    }

    /**
     * Decision values of rows held back from training.
     *
     * @param decisions one a row
     * @param labels +1 or -1
     */
    record Held(double[] decisions, byte[] labels) {}

    @Task(name = "held back")
    static Held held(BlockRows rows, Machine machine, KernelFunction kernel) {
        double[] sums = new double[rows.labels().length];
        BlockScan.addAll(sums, rows.points(), machine, kernel);
        for (int i = 0; i < sums.length; i++) {
            sums[i] -= machine.state().rho();
        }
        return new Held(sums, rows.labels());
    }

    @Task(name = "sigmoid")
    static Sigmoid sigmoid(List<Held> parts) {
        int size = parts.stream().mapToInt(part -> part.labels().length).sum();
        double[] f = new double[size];
        byte[] labels = new byte[size];
        int at = 0;
        for (Held part : parts) {
            System.arraycopy(part.decisions(), 0, f, at, part.labels().length);
            System.arraycopy(part.labels(), 0, labels, at, part.labels().length);
            at += part.labels().length;
        }
        return Sigmoid.fit(f, labels);
    }
}
