package dev.kiln.csvm.cli;

import dev.kiln.command.UsageException;
import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.csvm.Kernel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what rows are compared by. */
final class KernelOptions {

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            defaultValue = "rbf",
            description = "rbf, linear, poly or sigmoid (default: ${DEFAULT-VALUE}).")
    private String kernel = "rbf";

    @Option(
            names = "--gamma",
            paramLabel = "X",
            defaultValue = "auto",
            description = "Gamma of the kernels rbf, poly and sigmoid; auto is 1 / number of features"
                    + " (default: ${DEFAULT-VALUE}).")
    private String gamma = "auto";

    @Option(names = "--degree", paramLabel = "N", description = "Degree of the poly kernel (default: 3).")
    private @Nullable Integer degree;

    @Option(
            names = "--coef0",
            paramLabel = "X",
            description = "What is added in the kernels poly and sigmoid (default: 0).")
    private @Nullable String coef0;

    /** Tells the options of the machine, once they are checked. */
    void apply(CascadeSvmOptions.Builder options) {
        Kernel chosen = chosen();
        options.kernel(chosen);
        if (!gamma.equals("auto")) {
            options.gamma(Inputs.positive("--gamma", gamma));
        }
        if (degree != null) {
            if (chosen != Kernel.POLYNOMIAL) {
                throw new UsageException("--degree " + degree + ": expected with --kernel poly only");
            }
            options.degree(Inputs.atLeastOne("--degree", degree));
        }
        if (coef0 != null) {
            if (chosen != Kernel.POLYNOMIAL && chosen != Kernel.SIGMOID) {
                throw new UsageException("--coef0 " + coef0 + ": expected with --kernel poly or sigmoid only");
            }
            options.coef0(Inputs.finite("--coef0", coef0));
        }
    }

    private Kernel chosen() {
        return switch (kernel) {
            case "rbf" -> Kernel.RBF;
            case "linear" -> Kernel.LINEAR;
            case "poly", "polynomial" -> Kernel.POLYNOMIAL;
            case "sigmoid" -> Kernel.SIGMOID;
            default -> throw new UsageException("--kernel " + kernel + ": expected one of rbf, linear, poly, sigmoid");
        };
    }
}
