package dev.kiln.csvm;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models as LIBSVM's programs read and write them: C-C. Chang, C.-J. Lin, LIBSVM: a library for support vector machines,
 * ACM TIST 2, 2011. Only classification ({@code c_svc}) with the kernels there are, of two classes or one-vs-one.
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
     * Reads a model that {@code svm-train} or {@link #write} wrote. Classes are called by its labels.
     *
     * @param features how many columns rows have; if less than the file's greatest index, that is taken
     * @throws BadModelException when the file cannot be read, or is not such a model
     */
    public static MultiClassSvm.Model read(Path file, int features) {
        return new MultiClassSvm.Model(new LibsvmReader(file, features).read());
    }
}
