package dev.kiln.csvm;

import dev.kiln.csvm.internal.linear.LinearGoal;
import dev.kiln.csvm.internal.linear.LinearReport;
import dev.kiln.csvm.internal.linear.LinearTraining;
import dev.kiln.csvm.internal.model.ModelData;
import dev.kiln.csvm.internal.model.ModelHeader;
import dev.kiln.csvm.internal.rows.Shapes;
import dev.kiln.csvm.internal.rows.SideCounts;
import dev.kiln.csvm.internal.rows.SideWeights;
import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.DsArray;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Trains a machine with the linear kernel on any number of rows: it never compares two rows, so it builds nothing that is
 * larger than the rows. With a free threshold it finds the machine that {@link CascadeSvm} with the linear kernel finds,
 * by dual coordinate descent on the blocks where they lie (C.-J. Hsieh and others, ICML 2008); only weights travel. For
 * rows of many features, mostly zero, and C of moderate size it is the faster of the two by far; for few features and a
 * large C descent converges slowly, and the cascade is better.
 *
 * {@snippet :
 * CascadeSvm.Model model = new LinearSvm(LinearSvmOptions.builder().c(0.1).build()).fit(x, y);
 * }
 *
 * <p>The certificate is that of the cascade, but for when training has converged: when the gap says so.
 *
 * <p>In the model the weights stand in for the support vectors, whatever number of them there was. The same array in the
 * same blocks with the same options gives the same bits, on any number of nodes. Stateless, so thread-safe.
 */
public final class LinearSvm {

    private final LinearSvmOptions options;

    /** Trains with these options. */
    public LinearSvm(LinearSvmOptions options) {
        this.options = options;
    }

    /** As {@link #fit(DsArray, DsArray, Consumer)}, without being told of rounds. */
    public CascadeSvm.Model fit(DsArray x, DsArray y) {
        return fit(x, y, round -> {});
    }

    /**
     * Trains, and waits for the result.
     *
     * @param x the rows, in blocks as wide as the array
     * @param y one column of labels, +1 or -1, in blocks of as many rows as those of x
     * @param rounds told of the rounds after which all rows were looked through, in the calling thread; the number of
     *     violators is not counted, and 0
     * @throws IllegalArgumentException when x and y do not fit together, a number is not finite, a label is neither +1
     *     nor -1, or all labels are the same
     */
    public CascadeSvm.Model fit(DsArray x, DsArray y, Consumer<Round> rounds) {
        Shapes.checkLabels(x, y);
        var plan = new LinearTraining.Plan(options.tolerance(), options.maxRounds(), options.lanes(), options.seed());
        LinearTraining.Trained trained =
                LinearTraining.train(x, y, this::goal, plan, (number, report) -> rounds.accept(round(number, report)));
        return new CascadeSvm.Model(data(trained, x));
    }

    private LinearGoal goal(long negatives, long positives) {
        if (negatives == 0 || positives == 0) {
            throw new IllegalArgumentException("all " + (negatives + positives) + " labels are "
                    + (positives == 0 ? "-1" : "+1") + "; expected rows of two classes");
        }
        SideWeights sides = SideWeights.of(options.classWeights(), new SideCounts(positives, negatives));
        return new LinearGoal(
                options.c() * sides.of((byte) 1), options.c() * sides.of((byte) -1), options.squared(), options.bias());
    }

    private static Round round(int number, LinearReport report) {
        return new Round(
                number,
                0,
                report.violation(),
                Math.toIntExact(report.vectors()),
                report.dualObjective(),
                report.relativeGap());
    }

    private ModelData data(LinearTraining.Trained trained, DsArray x) {
        LinearReport report = trained.report();
        var certificate = new Certificate(
                trained.rounds(),
                trained.converged(),
                report.violation(),
                report.dualObjective(),
                report.primalObjective(),
                report.trainAccuracy());
        double[][] vectors = parts(trained.plane().w());
        double[] beta = new double[vectors.length];
        Arrays.fill(beta, 1);
        long[] ids = new long[vectors.length];
        Arrays.fill(ids, -1); // no row of the data
        var header = new ModelHeader(
                ModelData.version(),
                Math.toIntExact(x.columns()),
                vectors.length,
                -trained.plane().bias(),
                "1",
                "-1",
                ModelHeader.Options.of(
                        CascadeSvmOptions.builder()
                                .kernel(Kernel.LINEAR)
                                .c(options.c())
                                .classWeights(options.classWeights())
                                .tolerance(options.tolerance())
                                .maxRounds(options.maxRounds())
                                .seed(options.seed())
                                .build(),
                        x.columns()),
                x.rows(),
                x.blockShape().rows(),
                certificate,
                null,
                null);
        return new ModelData(header, Points.of(vectors, vectors[0].length), beta, ids);
    }

    /** The weights as two vectors of floats, of which the second has what rounding takes from the first. */
    private static double[][] parts(double[] w) {
        double[] rest = new double[w.length];
        for (int f = 0; f < w.length; f++) {
            if (!Float.isFinite((float) w[f])) {
                throw new IllegalArgumentException(
                        "weights leave the range of floats; expected features of moderate size: standardise them");
            }
            rest[f] = w[f] - (float) w[f];
        }
        return new double[][] {w, rest};
    }
}
