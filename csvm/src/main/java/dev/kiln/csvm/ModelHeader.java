package dev.kiln.csvm;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The part of a model file that people may read: everything but the support vectors. The names of the components are
 * those of the JSON object, in this order.
 *
 * @param kiln the version of Kiln that trained it
 * @param features columns of a row
 * @param supportVectors how many there are
 * @param rho threshold of the decision function
 * @param positive what label +1 is called
 * @param negative what label -1 is called
 * @param options how it was trained
 * @param rows how many rows it was trained on
 * @param blockRows how many rows were in a block
 * @param certificate how well training went
 * @param scaling what to do to rows first, or null for nothing
 * @param purpose what a model without classes is for, or null for one that tells classes apart
 */
record ModelHeader(
        String kiln,
        int features,
        int supportVectors,
        double rho,
        String positive,
        String negative,
        Options options,
        long rows,
        int blockRows,
        Certificate certificate,
        @Nullable Scaling scaling,
        @Nullable ModelPurpose purpose) {

    /**
     * Options that the result depends on, as {@link CascadeSvmOptions}.
     *
     * @param gamma the value used, or null for a kernel without
     * @param classWeights null as {@link ClassWeights#EQUAL}
     * @param feedback null as {@link Feedback#VIOLATORS}
     * @param check null as true
     */
    record Options(
            Kernel kernel,
            double c,
            @Nullable Double gamma,
            @Nullable ClassWeights classWeights,
            double tolerance,
            int arity,
            int maxRounds,
            @Nullable Feedback feedback,
            @Nullable Boolean check,
            long seed) {

        static Options of(CascadeSvmOptions o, long features) {
            Double gamma = o.kernel() == Kernel.RBF ? o.gammaFor(features) : null;
            return new Options(
                    o.kernel(),
                    o.c(),
                    gamma,
                    o.classWeights().areEqual() ? null : o.classWeights(),
                    o.tolerance(),
                    o.arity(),
                    o.maxRounds(),
                    o.feedback(),
                    o.check(),
                    o.seed());
        }

        CascadeSvmOptions toOptions() {
            OptionalDouble used = gamma == null ? OptionalDouble.empty() : OptionalDouble.of(gamma);
            long kernelBytes = CascadeSvmOptions.builder().build().kernelBytes();
            return new CascadeSvmOptions(
                    kernel,
                    c,
                    used,
                    classWeights == null ? ClassWeights.EQUAL : classWeights,
                    tolerance,
                    arity,
                    maxRounds,
                    feedback == null ? Feedback.VIOLATORS : feedback,
                    check == null || check,
                    kernelBytes,
                    seed);
        }
    }

    /**
     * Standardisation: each value less the mean, then divided by the deviation unless that is 0.
     *
     * @param means one a column
     * @param deviations one a column
     */
    record Scaling(double[] means, double[] deviations) {

        void apply(double[] row) {
            for (int f = 0; f < row.length; f++) {
                double moved = row[f] - means[f];
                row[f] = deviations[f] == 0 ? moved : moved / deviations[f];
            }
        }
    }
}
