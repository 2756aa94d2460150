package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.internal.model.Sigmoid;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.dislib.Block;
import dev.kiln.tasks.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

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

    /**
     * Decision values of rows held back from training.
     *
     * @param decisions one a row
     * @param labels +1 or -1
     */
    record Held(double[] decisions, byte[] labels) {}

    /** For each machine what it says of the rows of its classes. */
    @Task(name = "held back")
    static List<Held> held(ClassRows rows, Machines machines, Contest contest, KernelFunction kernel) {
        var by = new MachineSums(rows, contest, kernel);
        List<double[]> sums = by.none();
        by.add(machines, sums);
        List<Held> held = new ArrayList<>();
        List<Duel> duels = contest.duels();
        for (int d = 0; d < duels.size(); d++) {
            double[] decisions = sums.get(d);
            for (int i = 0; i < decisions.length; i++) {
                decisions[i] -= machines.states().get(d).rho();
            }
            held.add(new Held(decisions, rows.labels(duels.get(d), contest)));
        }
        return held;
    }

    /** A sigmoid for each machine. */
    @Task(name = "sigmoids")
    static List<Sigmoid> sigmoids(List<List<Held>> parts) {
        return IntStream.range(0, parts.getFirst().size())
                .mapToObj(d -> sigmoid(parts.stream().map(part -> part.get(d)).toList()))
                .toList();
    }

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
