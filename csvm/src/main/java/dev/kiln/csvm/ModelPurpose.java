package dev.kiln.csvm;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model without classes is for; a model's header has none when it tells classes apart.
 *
 * @param epsilon of a model that predicts numbers, else null
 * @param nu of a model that finds outliers, else null
 */
record ModelPurpose(@Nullable Double epsilon, @Nullable Double nu) {

    static ModelPurpose numbers(double epsilon) {
        return new ModelPurpose(epsilon, null);
    }

    static ModelPurpose outliers(double nu) {
        return new ModelPurpose(null, nu);
    }

    static boolean isNumbers(ModelData data) {
        ModelPurpose purpose = data.header().purpose();
        return purpose != null && purpose.epsilon != null;
    }

    static boolean isOutliers(ModelData data) {
        ModelPurpose purpose = data.header().purpose();
        return purpose != null && purpose.nu != null;
    }

    static double epsilon(ModelData data) {
        return Objects.requireNonNull(Objects.requireNonNull(data.header().purpose()).epsilon);
    }

    static double nu(ModelData data) {
        return Objects.requireNonNull(Objects.requireNonNull(data.header().purpose()).nu);
    }

    static ModelData expectClasses(Path file, ModelData data) {
        return expect(file, data, data.header().purpose() == null, "tells classes apart");
    }

    static ModelData expectNumbers(Path file, ModelData data) {
        return expect(file, data, isNumbers(data), "predicts numbers");
    }

    static ModelData expectOutliers(Path file, ModelData data) {
        return expect(file, data, isOutliers(data), "finds outliers");
    }

    private static ModelData expect(Path file, ModelData data, boolean as, String wanted) {
        if (as) {
            return data;
        }
        String found =
                isNumbers(data) ? "predicts numbers" : isOutliers(data) ? "finds outliers" : "tells classes apart";
        throw new BadModelException(file, "the model " + found + "; expected one that " + wanted);
    }
}
