package dev.kiln.csvm.cli;

import dev.kiln.csvm.LibsvmModels;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln csvm import}. */
@Command(
        name = "import",
        description = "Makes a model of one that LIBSVM's svm-train wrote.",
        footer = {"", "Example:", "  kiln csvm import magic.model --model magic.svm"})
final class ImportCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "LIBSVM_MODEL", description = "A model of LIBSVM: c_svc.")
    private Path file = Path.of("");

    @Option(names = "--model", paramLabel = "OUT", required = true, description = "Write the model to this file.")
    private Path out = Path.of("");

    @Option(
            names = "--features",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many columns rows have; the file only tells the last one that any support vector uses"
                    + " (default: that one).")
    private int features = 1;

    ImportCommand() {}

    @Override
    public Integer call() {
        Inputs.file(file);
        Inputs.target("--model", out);
        Inputs.atLeastOne("--features", features);
        BadInput.shown(() -> {
            switch (LibsvmModels.kind(file)) {
                case CLASSES -> LibsvmModels.read(file, features).save(out);
                case NUMBERS -> LibsvmModels.readNumbers(file, features).save(out);
                case OUTLIERS -> LibsvmModels.readOutliers(file, features).save(out);
            }
            return 0;
        });
        return 0;
    }
}
