package dev.kiln.csvm;

import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;

/**
 * What a model is made of; also the form in which it is put into a cluster.
 *
 * @param header everything but the support vectors
 * @param points the support vectors
 * @param beta their signed multipliers
 * @param ids their row numbers in the training data
 */
record ModelData(ModelHeader header, Points points, double[] beta, long[] ids) {

    static ModelData of(Machine machine, CascadeSvmOptions options, DsArray x, Certificate certificate) {
        var header = new ModelHeader(
                version(),
                Math.toIntExact(x.columns()),
                machine.size(),
                machine.state().rho(),
                "1",
                "-1",
                ModelHeader.Options.of(options, x.columns()),
                x.rows(),
                x.blockShape().rows(),
                certificate,
                null,
                null);
        return new ModelData(header, machine.points(), machine.beta(), machine.ids());
    }

    ModelData withLabels(String positive, String negative) {
        ModelHeader h = header;
        return new ModelData(
                new ModelHeader(
                        h.kiln(),
                        h.features(),
                        h.supportVectors(),
                        h.rho(),
                        positive,
                        negative,
                        h.options(),
                        h.rows(),
                        h.blockRows(),
                        h.certificate(),
                        h.scaling(),
                        h.purpose()),
                points,
                beta,
                ids);
    }

    ModelData withScaling(StandardScaler.Model scaler) {
        ModelHeader h = header;
        return new ModelData(
                new ModelHeader(
                        h.kiln(),
                        h.features(),
                        h.supportVectors(),
                        h.rho(),
                        h.positive(),
                        h.negative(),
                        h.options(),
                        h.rows(),
                        h.blockRows(),
                        h.certificate(),
                        new ModelHeader.Scaling(
                                scaler.means().clone(), scaler.deviations().clone()),
                        h.purpose()),
                points,
                beta,
                ids);
    }

    ModelData with(ModelPurpose purpose) {
        ModelHeader h = header;
        return new ModelData(
                new ModelHeader(
                        h.kiln(),
                        h.features(),
                        h.supportVectors(),
                        h.rho(),
                        h.positive(),
                        h.negative(),
                        h.options(),
                        h.rows(),
                        h.blockRows(),
                        h.certificate(),
                        h.scaling(),
                        purpose),
                points,
                beta,
                ids);
    }

    static String version() {
        String version = ModelData.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
