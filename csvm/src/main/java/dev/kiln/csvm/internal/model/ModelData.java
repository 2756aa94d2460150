package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Certificate;
import dev.kiln.csvm.internal.rows.EqualRows;
import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import java.util.Arrays;

/**
 * What a model is made of; also the form in which it is put into a cluster.
 *
 * @param header everything but the support vectors
 * @param points the support vectors, none twice on the same side
 * @param beta their signed multipliers
 * @param ids their row numbers in the training data; of equal rows that of the first
 */
public record ModelData(ModelHeader header, Points points, double[] beta, long[] ids) {

    /**
     * Of a machine; its support vectors of equal values on the same side are one, with their multipliers added.
     *
     * @param vectors its support vectors
     * @param all their signed multipliers
     * @param numbers their row numbers in the training data
     * @param rho its threshold
     * @param x what it was trained on
     */
    public static ModelData of(
            Points vectors,
            double[] all,
            long[] numbers,
            double rho,
            CascadeSvmOptions options,
            DsArray x,
            Certificate certificate) {
        EqualRows equal = EqualRows.of(vectors, (first, row) -> all[first] > 0 == all[row] > 0);
        int[] kept = equal.kept();
        double[] beta = new double[kept.length];
        for (int i = 0; i < all.length; i++) {
            beta[equal.place()[i]] += all[i];
        }
        long[] ids = Arrays.stream(kept).mapToLong(i -> numbers[i]).toArray();
        var header = new ModelHeader(
                version(),
                Math.toIntExact(x.columns()),
                kept.length,
                rho,
                "1",
                "-1",
                ModelHeader.Options.of(options, x.columns()),
                x.rows(),
                x.blockShape().rows(),
                certificate,
                null,
                null);
        Points points = kept.length == all.length ? vectors : vectors.select(kept);
        return new ModelData(header, points, beta, ids);
    }

    public ModelData withLabels(String positive, String negative) {
        return with(header.withLabels(positive, negative));
    }

    public ModelData withScaling(StandardScaler.Model scaler) {
        return with(header.withScaling(new ModelHeader.Scaling(
                scaler.means().clone(), scaler.deviations().clone())));
    }

    public ModelData with(ModelPurpose purpose) {
        return with(header.with(purpose));
    }

    private ModelData with(ModelHeader other) {
        return new ModelData(other, points, beta, ids);
    }

    public static String version() {
        String version = ModelData.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
