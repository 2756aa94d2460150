package dev.kiln.csvm;

import dev.kiln.csvm.internal.model.LibsvmReader;
import dev.kiln.csvm.internal.model.LibsvmWriter;
import dev.kiln.csvm.internal.model.ModelPurpose;
import dev.kiln.csvm.internal.model.MultiData;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models as LIBSVM's programs read and write them: C-C. Chang, C.-J. Lin, LIBSVM: a library for support vector machines,
 * ACM TIST 2, 2011. Classification ({@code c_svc}) of two classes or one-vs-one, {@code epsilon_svr}
 * and {@code one_class}.
 */
public final class LibsvmModels {

    private LibsvmModels() {}

    /**
     * What was written.
     *
     * @param labels the label of each class in the file, in the order of {@link MultiClassSvm.Model#classes}: the class's
     *     own name where all names are integers, else 1 and -1 for two classes, and 0, 1, ... for more
     * @param supportVectors rows in the file
     * @param scale the ranges for {@code svm-scale -r} that rows need first; null when rows go in as they are
     */
    public record Exported(
            List<Integer> labels,
            int supportVectors,
            @Nullable Path scale) {}

    /**
     * Writes a model for {@code svm-predict}. Equal support vectors of one class are one row in the file. A standardised
     * model with the linear kernel takes rows as they are: scaling is folded into its support vectors. With any other
     * kernel that is not possible; then a second file beside it, with {@code .scale} at its end, tells
     * {@code svm-scale -r} what to do to rows first.
     *
     * @throws BadModelException when a file cannot be written, or the model is one of one-vs-rest
     */
    public static Exported write(MultiClassSvm.Model model, Path file) {
        return new LibsvmWriter(model.data(), file).write();
    }

    /**
     * Writes a model that predicts numbers, as {@link #write(MultiClassSvm.Model, Path)} does one of classes.
     *
     * @return without labels
     * @throws BadModelException when a file cannot be written, or the kernel is a program's own
     */
    public static Exported write(EpsilonSvr.Model model, Path file) {
        return new LibsvmWriter(MultiData.of(model.data()), file).write(LibsvmReader.NUMBERS);
    }

    /**
     * Writes a model that finds outliers, as {@link #write(MultiClassSvm.Model, Path)} does one of classes.
     *
     * @return without labels
     * @throws BadModelException when a file cannot be written, or the kernel is a program's own
     */
    public static Exported write(OneClassSvm.Model model, Path file) {
        return new LibsvmWriter(MultiData.of(model.data()), file).write(LibsvmReader.OUTLIERS);
    }

    /**
     * What a model of LIBSVM is for, which decides which of the methods below reads it.
     *
     * @throws BadModelException when the file cannot be read, or is no model
     */
    public static ModelKind kind(Path file) {
        return new LibsvmReader(file, 1).kind();
    }

    /**
     * Reads a model that predicts numbers. The file does not tell epsilon, which is then 0, nor how well training went.
     *
     * @param features as in {@link #read}
     * @throws BadModelException when the file cannot be read, or is not such a model
     */
    public static EpsilonSvr.Model readNumbers(Path file, int features) {
        return new EpsilonSvr.Model(
                new LibsvmReader(file, features).read(LibsvmReader.NUMBERS, ModelPurpose.numbers(0)));
    }

    /**
     * Reads a model that finds outliers. The file does not tell nu, which is then 1, nor how well training went.
     *
     * @param features as in {@link #read}
     * @throws BadModelException when the file cannot be read, or is not such a model
     */
    public static OneClassSvm.Model readOutliers(Path file, int features) {
        return new OneClassSvm.Model(
                new LibsvmReader(file, features).read(LibsvmReader.OUTLIERS, ModelPurpose.outliers(1)));
    }

    /**
     * Reads a model that {@code svm-train} or {@link #write} wrote. Classes are called by its labels.
     *
     * @param features how many columns rows have; if less than the file's greatest index, that is taken
     * @throws BadModelException when the file cannot be read, or is not such a model
     */
    public static MultiClassSvm.Model read(Path file, int features) {
        return new MultiClassSvm.Model(new LibsvmReader(file, features).read());
    }
}
