package dev.kiln.csvm.internal.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kiln.csvm.BadModelException;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.ClassWeights;
import dev.kiln.csvm.Feedback;
import dev.kiln.csvm.Kernel;
import dev.kiln.csvm.solver.RowKernel;
import java.nio.file.Path;
import java.util.Arrays;
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
public record ModelHeader(
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

    /** The same with the program's own kernel, as {@link Options#with} has it. */
    ModelHeader with(@Nullable RowKernel own, Path file) {
        return copy(positive, negative, options.with(own, file), scaling, purpose);
    }

    ModelHeader withLabels(String first, String second) {
        return copy(first, second, options, scaling, purpose);
    }

    ModelHeader withScaling(Scaling by) {
        return copy(positive, negative, options, by, purpose);
    }

    ModelHeader with(ModelPurpose other) {
        return copy(positive, negative, options, scaling, other);
    }

    private ModelHeader copy(
            String first, String second, Options used, @Nullable Scaling by, @Nullable ModelPurpose other) {
        return new ModelHeader(
                kiln, features, supportVectors, rho, first, second, used, rows, blockRows, certificate, by, other);
    }

    /**
     * Options that the result depends on, as {@link CascadeSvmOptions}.
     *
     * @param gamma the value used, or null for a kernel without
     * @param degree null for a kernel without
     * @param coef0 null for a kernel without
     * @param rowKernel the program's own; not in the file, so null until whoever loads the model gives it
     * @param classWeights null as {@link ClassWeights#EQUAL}
     * @param feedback null as {@link Feedback#VIOLATORS}
     * @param check null as true
     */
    public record Options(
            Kernel kernel,
            double c,
            @Nullable Double gamma,
            @Nullable Integer degree,
            @Nullable Double coef0,
            @JsonIgnore @Nullable RowKernel rowKernel,
            @Nullable ClassWeights classWeights,
            double tolerance,
            int arity,
            int maxRounds,
            @Nullable Feedback feedback,
            @Nullable Boolean check,
            long seed) {

        public static Options of(CascadeSvmOptions o, long features) {
            Double gamma = o.kernel().hasGamma() ? o.gammaFor(features) : null;
            return new Options(
                    o.kernel(),
                    o.c(),
                    gamma,
                    o.kernel() == Kernel.POLYNOMIAL ? o.degree() : null,
                    o.kernel().hasCoef0() ? o.coef0() : null,
                    o.rowKernel(),
                    o.classWeights().equals(ClassWeights.EQUAL) ? null : o.classWeights(),
                    o.tolerance(),
                    o.arity(),
                    o.maxRounds(),
                    o.feedback(),
                    o.check(),
                    o.seed());
        }

        /**
         * These with the program's own kernel, if the model was trained with one.
         *
         * @throws BadModelException when one is given to a model that needs none, or none to one that does
         */
        Options with(@Nullable RowKernel own, Path file) {
            if ((own != null) != (kernel == Kernel.CUSTOM)) {
                throw new BadModelException(
                        file,
                        own == null
                                ? "the model was trained with a kernel of a program's own, which is not in the file;"
                                        + " expected load(file, kernel), in a program"
                                : "the model was trained with the kernel " + kernel + "; expected load(file)");
            }
            return new Options(
                    kernel,
                    c,
                    gamma,
                    degree,
                    coef0,
                    own,
                    classWeights,
                    tolerance,
                    arity,
                    maxRounds,
                    feedback,
                    check,
                    seed);
        }

        public CascadeSvmOptions toOptions() {
            OptionalDouble used = gamma == null ? OptionalDouble.empty() : OptionalDouble.of(gamma);
            CascadeSvmOptions defaults = CascadeSvmOptions.builder().build();
            return new CascadeSvmOptions(
                    kernel,
                    c,
                    used,
                    degree == null ? defaults.degree() : degree,
                    coef0 == null ? defaults.coef0() : coef0,
                    rowKernel,
                    classWeights == null ? ClassWeights.EQUAL : classWeights,
                    tolerance,
                    arity,
                    maxRounds,
                    feedback == null ? Feedback.VIOLATORS : feedback,
                    check == null || check,
                    defaults.kernelBytes(),
                    seed);
        }
    }

    /**
     * Standardisation: each value less the mean, then divided by the deviation unless that is 0.
     *
     * @param means one a column
     * @param deviations one a column
     */
    public record Scaling(double[] means, double[] deviations) {

        public void apply(double[] row) {
            for (int f = 0; f < row.length; f++) {
                row[f] = apply(row[f], f);
            }
        }

        public double apply(double value, int column) {
            double moved = value - means[column];
            return deviations[column] == 0 ? moved : moved / deviations[column];
        }

        /** Whether zeros stay zeros, as they do when it was sparse rows that were standardised. */
        boolean keepsZeros() {
            return Arrays.stream(means).allMatch(mean -> mean == 0);
        }
    }
}
