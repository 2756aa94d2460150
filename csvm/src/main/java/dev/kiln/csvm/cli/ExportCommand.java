package dev.kiln.csvm.cli;

import dev.kiln.command.CommandContext;
import dev.kiln.csvm.EpsilonSvr;
import dev.kiln.csvm.LibsvmModels;
import dev.kiln.csvm.ModelKind;
import dev.kiln.csvm.MultiClassSvm;
import dev.kiln.csvm.OneClassSvm;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln csvm export}. */
@Command(
        name = "export",
        description = "Writes a model as LIBSVM's svm-predict reads it.",
        footer = {"", "Example:", "  kiln csvm export magic.svm --libsvm magic.model"})
final class ExportCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model that train wrote.")
    private Path model = Path.of("");

    @Option(
            names = "--libsvm",
            paramLabel = "OUT",
            required = true,
            description = "Write LIBSVM's format to this file.")
    private Path out = Path.of("");

    ExportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Inputs.file(model);
        Inputs.target("--libsvm", out);
        PrintWriter lines = context.console().err();
        LibsvmModels.Exported exported = switch (BadInput.shown(() -> ModelKind.of(model))) {
            case CLASSES -> classes(lines);
            case NUMBERS -> BadInput.shown(() -> LibsvmModels.write(EpsilonSvr.Model.load(model), out));
            case OUTLIERS -> BadInput.shown(() -> LibsvmModels.write(OneClassSvm.Model.load(model), out));
        };
        if (exported.scale() != null) {
            lines.println("rows are to be scaled first: svm-scale -r " + exported.scale() + " ROWS");
        }
        lines.flush();
        return 0;
    }

    private LibsvmModels.Exported classes(PrintWriter lines) {
        MultiClassSvm.Model loaded = BadInput.shown(() -> MultiClassSvm.Model.load(model));
        LibsvmModels.Exported exported = BadInput.shown(() -> LibsvmModels.write(loaded, out));
        List<Integer> labels = exported.labels();
        for (int k = 0; k < labels.size(); k++) {
            String name = loaded.classes().get(k);
            if (!name.equals(labels.get(k).toString())) {
                lines.println("'" + name + "' is label " + labels.get(k) + " in " + out);
            }
        }
        return exported;
    }
}
