package dev.kiln.tasks.docs;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;

import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.List;

/** The classes of docs/tutorial.md; the statements are in the test. */
interface DocSnippetsTutorial {

    // snippet: kernels
    final class Kernels {

        /** The numbers from, from + 1, ... of one block. */
        @Task
        static double[] ramp(int from, int length) {
            double[] block = new double[length];
            for (int i = 0; i < length; i++) {
                block[i] = from + i;
            }
            return block;
        }

        @Task
        static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        @Task
        static double sum(List<Double> parts) {
            return parts.stream().mapToDouble(Double::doubleValue).sum();
        }
    }
    // end

    // snippet: changing
    record Range(double least, double most) {}

    final class Changing {

        @Task
        static void scale(@InOut double[] block, double by) {
            for (int i = 0; i < block.length; i++) {
                block[i] *= by;
            }
        }

        @Task
        static Range range(double[] block) {
            return new Range(block[0], block[block.length - 1]);
        }

        @Task
        static double root(double a) {
            if (a < 0) {
                throw new IllegalArgumentException("root of " + a);
            }
            return Math.sqrt(a);
        }
    }
    // end

    // snippet: program
    final class SumOfSquares {

        public static void main(String[] args) {
            try (var wf = Workflow.open()) {
                System.out.println(sumOfSquares(wf, 8, 1_000));
            }
        }

        static double sumOfSquares(Workflow wf, int blocks, int blockRows) {
            var parts = new ArrayList<Ref<Double>>();
            for (int i = 0; i < blocks; i++) {
                Ref<double[]> block = wf.task(Kernels::ramp).submit(value(i * blockRows), value(blockRows));
                parts.add(wf.task(Kernels::dot).submit(block, block));
            }
            return wf.task(Kernels::sum).submit(all(parts)).get();
        }
    }
    // end
}
