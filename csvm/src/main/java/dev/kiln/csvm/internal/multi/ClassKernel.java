package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.KernelMatrix;
import dev.kiln.csvm.solver.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Kernel values of rows of several classes among each other, shared by the machines. What a row has with the rows of
 * classes that stand beside it in several machines - its own in pairs, all in machines against the rest - is evaluated
 * once and kept as long as memory lasts; what only one machine asks for is not kept. For one thread.
 */
final class ClassKernel {

    private final ClassRows rows;
    private final Contest contest;
    private final KernelFunction kernel;
    private final float[] buffer;
    private final int[] scratch;
    // All rows, where all that a row has with them is shared, and not only what it has with its own class.
    private final @Nullable Points whole;
    // Where each class begins among all rows.
    private final int[] starts;
    // For each class and row of it, the values with the rows of the classes it shares; null until asked for.
    private final float[][] @Nullable [] kept;
    // In floats.
    private long room;

    /** For these rows, with so many bytes for rows that are kept. */
    ClassKernel(ClassRows rows, Contest contest, KernelFunction kernel, long budget) {
        this.rows = rows;
        this.contest = contest;
        this.kernel = kernel;
        this.starts = new int[rows.parts().size()];
        for (int k = 1; k < starts.length; k++) {
            starts[k] = starts[k - 1] + rows.parts().get(k - 1).size();
        }
        this.whole = contest.how() == MultiClass.OVR || contest.folds() > 1
                ? Points.concat(
                        rows.parts().stream().map(ClassRows.Part::points).toList())
                : null;
        this.room = contest.duels().size() == 1 ? 0 : budget / 4;
        int longest = 0;
        for (ClassRows.Part part : rows.parts()) {
            longest = Math.max(longest, part.size());
        }
        this.buffer = new float[longest];
        this.scratch = new int[whole == null ? longest : whole.rows()];
        this.kept = new float[rows.parts().size()][][];
        for (int k = 0; k < kept.length; k++) {
            kept[k] = new float[rows.parts().get(k).size()][];
        }
    }

    /** The kernel values of a machine. */
    KernelMatrix matrix(Duel duel) {
        return new OfDuel(contest.classes(duel));
    }

    private Points points(int of) {
        return rows.parts().get(of).points();
    }

    /** Writes the values of row i of a class with the rows of another, or of its own, from some place on. */
    private void evaluate(float[] x, int with, float[] out, int at) {
        Points points = points(with);
        kernel.row(x, points, buffer, scratch);
        System.arraycopy(buffer, 0, out, at, points.rows());
    }

    /** A row of a machine that has these classes. */
    private void row(int[] classes, int own, int i, float[] out) {
        float[] x = points(own).point(i);
        int shared = whole == null ? points(own).rows() : whole.rows();
        float[] row = kept[own][i];
        if (row == null && room >= shared) {
            row = new float[shared];
            room -= shared;
            kept[own][i] = row;
            kernel.row(x, whole == null ? points(own) : whole, row, scratch);
        }
        int at = 0;
        for (int with : classes) {
            int count = points(with).rows();
            if (row == null || (whole == null && with != own)) {
                evaluate(x, with, out, at);
            } else {
                System.arraycopy(row, whole == null ? 0 : starts[with], out, at, count);
            }
            at += count;
        }
    }

    private final class OfDuel implements KernelMatrix {

        private final int[] classes;

        OfDuel(int[] classes) {
            this.classes = classes;
        }

        @Override
        public int size() {
            return rows.size(classes);
        }

        @Override
        public void row(int i, float[] out, int[] unused) {
            int at = i;
            int k = 0;
            while (at >= points(classes[k]).rows()) {
                at -= points(classes[k++]).rows();
            }
            ClassKernel.this.row(classes, classes[k], at, out);
        }

        @Override
        public float self(int i) {
            int at = i;
            int k = 0;
            while (at >= points(classes[k]).rows()) {
                at -= points(classes[k++]).rows();
            }
            return kernel.self(points(classes[k]), at);
        }

        @Override
        public double bound() {
            return kernel.bound();
        }

        @Override
        public KernelMatrix select(int[] which) {
            List<Points> these = new ArrayList<>();
            for (int k : classes) {
                these.add(points(k));
            }
            KernelMatrix fresh = KernelMatrix.of(kernel, Points.concat(these).select(which));
            return whole != null ? new Chosen(this, which, fresh) : fresh;
        }

        /** A row that is kept as a whole, or null. */
        private float @Nullable [] kept(int i) {
            int at = i;
            int k = 0;
            while (at >= points(classes[k]).rows()) {
                at -= points(classes[k++]).rows();
            }
            return kept[classes[k]][at];
        }

        /** Where each row stands among all rows. */
        private int[] places() {
            return Arrays.stream(classes)
                    .flatMap(k ->
                            IntStream.range(starts[k], starts[k] + points(k).rows()))
                    .toArray();
        }
    }

    /** Some rows of a machine; rows that are kept are not evaluated again. */
    private static final class Chosen implements KernelMatrix {

        private final OfDuel from;
        private final int[] which;
        private final int[] places;
        private final KernelMatrix fresh;

        Chosen(OfDuel from, int[] which, KernelMatrix fresh) {
            this.from = from;
            this.which = which;
            this.fresh = fresh;
            int[] all = from.places();
            this.places = Arrays.stream(which).map(i -> all[i]).toArray();
        }

        @Override
        public int size() {
            return which.length;
        }

        @Override
        public void row(int i, float[] out, int[] scratch) {
            float[] row = from.kept(which[i]);
            if (row == null) {
                fresh.row(i, out, scratch);
                return;
            }
            for (int t = 0; t < places.length; t++) {
                out[t] = row[places[t]];
            }
        }

        @Override
        public float self(int i) {
            return fresh.self(i);
        }

        @Override
        public KernelMatrix select(int[] these) {
            return new Chosen(from, Arrays.stream(these).map(i -> which[i]).toArray(), fresh.select(these));
        }
    }
}
