package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.BadModelException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model without classes is for; a model's header has none when it tells classes apart.
 *
 * @param epsilon of a model that predicts numbers, else null
 * @param nu of a model that finds outliers, else null
 */
public record ModelPurpose(
        @Nullable Double epsilon, @Nullable Double nu) {

    public static ModelPurpose numbers(double epsilon) {
        return new ModelPurpose(epsilon, null);
    }

    public static ModelPurpose outliers(double nu) {
        return new ModelPurpose(null, nu);
    }

    public static boolean isNumbers(ModelData data) {
        ModelPurpose purpose = data.header().purpose();
        return purpose != null && purpose.epsilon != null;
    }

    public static boolean isOutliers(ModelData data) {
        ModelPurpose purpose = data.header().purpose();
        return purpose != null && purpose.nu != null;
    }

    public static double epsilon(ModelData data) {
        return Objects.requireNonNull(Objects.requireNonNull(data.header().purpose()).epsilon);
    }

    public static double nu(ModelData data) {
        return Objects.requireNonNull(Objects.requireNonNull(data.header().purpose()).nu);
    }

    public static ModelData expectClasses(Path file, ModelData data) {
        return expect(file, data, data.header().purpose() == null, "tells classes apart");
    }

    public static ModelData expectNumbers(Path file, ModelData data) {
        return expect(file, data, isNumbers(data), "predicts numbers");
    }

    public static ModelData expectOutliers(Path file, ModelData data) {
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
