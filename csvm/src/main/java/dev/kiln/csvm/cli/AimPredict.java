package dev.kiln.csvm.cli;

import dev.kiln.csvm.EpsilonSvr;
import dev.kiln.csvm.ModelKind;
import dev.kiln.csvm.OneClassSvm;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.data.Loaded;
import dev.kiln.tasks.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Predicts by a model that knows no classes. For one thread. */
final class AimPredict {

    private final EpsilonSvr.@Nullable Model numbers;
    private final OneClassSvm.@Nullable Model support;

    /** Reads a model of this kind. */
    AimPredict(Path model, ModelKind kind) {
        this.numbers = kind == ModelKind.NUMBERS ? EpsilonSvr.Model.load(model) : null;
        this.support = kind == ModelKind.OUTLIERS ? OneClassSvm.Model.load(model) : null;
    }

    int features() {
        return numbers != null ? numbers.features() : support != null ? support.features() : 0;
    }

    private int supportVectors() {
        return numbers != null ? numbers.supportVectors() : support != null ? support.supportVectors() : 0;
    }

    /** Labels are numbers as Java writes them, or 1 for a row inside and -1 for an outlier. */
    PredictResult predict(Workflow wf, Loaded rows) {
        DsArray values = numbers != null
                ? numbers.predict(rows.x())
                : support != null ? support.decisionFunction(rows.x()) : rows.x();
        double[] decisions = values.collect().values();
        List<String> labels = new ArrayList<>();
        for (double decision : decisions) {
            labels.add(numbers != null ? Double.toString(decision) : decision > 0 ? "1" : "-1");
        }
        return new PredictResult(
                rows.x().rows(),
                rows.x().columns(),
                rows.x().blockRows(),
                wf.nodes().size(),
                wf.nodes().getFirst().slots(),
                numbers != null ? List.of() : List.of("-1", "1"),
                supportVectors(),
                null,
                score(rows),
                labels,
                decisions,
                null);
    }

    /** R^2 where the rows have the numbers that were predicted, else null. */
    private @Nullable Double score(Loaded rows) {
        if (numbers == null || !rows.isLabelled()) {
            return null;
        }
        try {
            return numbers.score(rows.x(), rows.labels().numbers());
        } catch (IllegalArgumentException noNumbers) {
            return null;
        }
    }
}
