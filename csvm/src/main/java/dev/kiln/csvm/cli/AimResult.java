package dev.kiln.csvm.cli;

import dev.kiln.csvm.Round;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code train --task regress} and {@code --task outliers} print; with {@code --json} as an object of these names in
 * this order.
 *
 * @param task regress or outliers
 * @param rows of the training data
 * @param features columns
 * @param blocks that the rows are in
 * @param nodes that were up
 * @param slots of each node
 * @param supportVectors of the machine
 * @param rounds looks through the rows
 * @param converged whether the tolerance was reached
 * @param dualObjective maximised
 * @param dualityGap as a part of the primal objective
 * @param trainScore of a regression R^2, of outliers the part of the rows that are none
 * @param testScore the same on the test rows; null without test data
 * @param loadSeconds until the rows were in the cluster
 * @param trainSeconds from then until the machine was there
 * @param tasks that were run
 * @param bytesMoved between nodes
 * @param progress of each round
 */
record AimResult(
        String task,
        long rows,
        long features,
        int blocks,
        int nodes,
        int slots,
        int supportVectors,
        int rounds,
        boolean converged,
        double dualObjective,
        double dualityGap,
        double trainScore,
        @Nullable Double testScore,
        double loadSeconds,
        double trainSeconds,
        long tasks,
        long bytesMoved,
        List<Round> progress) {

    /** As people read it. */
    void print(PrintWriter out) {
        out.printf(Locale.ROOT, "rows             %,d of %,d features in %,d blocks%n", rows, features, blocks);
        out.printf(Locale.ROOT, "nodes            %d, %d slots each%n", nodes, slots);
        out.printf(Locale.ROOT, "support vectors  %,d%n", supportVectors);
        out.printf(
                Locale.ROOT,
                "rounds           %d, %s%n",
                rounds,
                converged ? "converged" : "not converged: raise --max-rounds or --tolerance");
        out.printf(Locale.ROOT, "dual objective   %.8g%n", dualObjective);
        out.printf(Locale.ROOT, "duality gap      %.2g of the primal objective%n", dualityGap);
        out.println("train " + score(trainScore));
        if (testScore != null) {
            out.println("test  " + score(testScore));
        }
        out.printf(Locale.ROOT, "load             %.2f s%n", loadSeconds);
        out.printf(Locale.ROOT, "train            %.2f s%n", trainSeconds);
        out.printf(Locale.ROOT, "tasks            %,d, %,d bytes moved between nodes%n", tasks, bytesMoved);
        out.flush();
    }

    private String score(double value) {
        return task.equals("regress")
                ? String.format(Locale.ROOT, "R^2        %.4f", value)
                : String.format(Locale.ROOT, "outliers   %.2f %%", 100 * (1 - value));
    }
}
