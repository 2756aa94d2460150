package dev.kiln.tasks.docs;

import static dev.kiln.tasks.Arg.all;

import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The classes of docs/api.md; the statements are in the test. */
interface DocSnippetsApi {

    // snippet: declare
    record Qr(double[] q, double r) {}

    final class Kernels {

        @Task
        static double[] add(double[] a, double[] b) {
            double[] sum = a.clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += b[i];
            }
            return sum;
        }

        @Task(name = "qr", priority = 5)
        static Qr factorise(double[] column) {
            double norm = Math.sqrt(dot(column, column));
            double[] q = column.clone();
            scale(q, 1 / norm);
            return new Qr(q, norm);
        }

        @Task
        static void scale(@InOut double[] a, double by) {
            for (int i = 0; i < a.length; i++) {
                a[i] *= by;
            }
        }

        @Task(retries = 2)
        static String read(String file) throws IOException {
            return Files.readString(Path.of(file));
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
        static double largest(List<Double> all) {
            return all.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        }
    }
    // end
}
