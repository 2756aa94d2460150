package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.KernelMatrix;
import dev.kiln.csvm.solver.Points;
import java.util.ArrayList;
import java.util.List;
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
    // For each class and row of it, the values with the rows of the classes it shares; null until asked for.
    private final float[][] @Nullable [] kept;
    // In floats.
    private long room;

    /** For these rows, with so many bytes for rows that are kept. */
    ClassKernel(ClassRows rows, Contest contest, KernelFunction kernel, long budget) {
        this.rows = rows;
        this.contest = contest;
        this.kernel = kernel;
        this.room = contest.duels().size() == 1 ? 0 : budget / 4;
        int longest = 0;
        for (ClassRows.Part part : rows.parts()) {
            longest = Math.max(longest, part.size());
        }
        this.buffer = new float[longest];
        this.scratch = new int[longest];
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
        boolean all = contest.how() == MultiClass.OVR;
        int shared = all ? rows.size() : points(own).rows();
        float[] row = kept[own][i];
        boolean fresh = row == null && room >= shared;
        if (fresh) {
            row = new float[shared];
            room -= shared;
            kept[own][i] = row;
        }
        int at = 0;
        for (int with : classes) {
            int count = points(with).rows();
            int from = all ? at : 0;
            if (row == null || (!all && with != own)) {
                evaluate(x, with, out, at);
            } else {
                if (fresh) {
                    evaluate(x, with, row, from);
                }
                System.arraycopy(row, from, out, at, count);
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
        public KernelMatrix select(int[] which) {
            List<Points> all = new ArrayList<>();
            for (int k : classes) {
                all.add(points(k));
            }
            return KernelMatrix.of(kernel, Points.concat(all).select(which));
        }
    }
}
