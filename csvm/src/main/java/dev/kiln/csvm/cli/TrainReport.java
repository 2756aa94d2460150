package dev.kiln.csvm.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** A result of training as people read it. */
final class TrainReport {

    private TrainReport() {}

    static void print(TrainResult r, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "rows             %,d of %,d features in %,d block%s%n",
                r.rows(),
                r.features(),
                r.blocks(),
                s(r.blocks()));
        out.printf(Locale.ROOT, "nodes            %d, %d slot%s each%n", r.nodes(), r.slots(), s(r.slots()));
        out.printf(Locale.ROOT, "support vectors  %,d%n", r.supportVectors());
        out.printf(
                Locale.ROOT,
                "rounds           %d, %s%n",
                r.rounds(),
                r.converged() ? "converged" : "not converged: raise --max-rounds or --tolerance");
        out.printf(Locale.ROOT, "dual objective   %.8g%n", r.dualObjective());
        out.printf(Locale.ROOT, "duality gap      %.2g of the primal objective%n", r.dualityGap());
        out.printf(Locale.ROOT, "train accuracy   %.2f %%%n", 100 * r.trainAccuracy());
        if (r.testAccuracy() != null) {
            out.printf(Locale.ROOT, "test accuracy    %.2f %%%n", 100 * r.testAccuracy());
        }
        out.printf(Locale.ROOT, "load             %.2f s%n", r.loadSeconds());
        out.printf(Locale.ROOT, "train            %.2f s%n", r.trainSeconds());
        out.printf(Locale.ROOT, "tasks            %,d, %,d bytes moved between nodes%n", r.tasks(), r.bytesMoved());
        out.flush();
    }

    private static String s(int count) {
        return count == 1 ? "" : "s";
    }
}
