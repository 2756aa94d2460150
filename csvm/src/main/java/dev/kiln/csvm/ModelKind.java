package dev.kiln.csvm;

import dev.kiln.csvm.internal.model.ModelEnvelope;
import dev.kiln.csvm.internal.model.ModelFile;
import dev.kiln.csvm.internal.model.ModelPurpose;
import dev.kiln.csvm.internal.model.MultiFile;
import java.nio.file.Path;

/** What a model in a file is for, which decides what can load it. */
public enum ModelKind {
    /** It tells classes apart: {@link CascadeSvm.Model} if there are two, and always {@link MultiClassSvm.Model}. */
    CLASSES,
    /** It predicts numbers: {@link EpsilonSvr.Model}. */
    NUMBERS,
    /** It finds outliers: {@link OneClassSvm.Model}. */
    OUTLIERS;

    /**
     * The kind of a model.
     *
     * @throws BadModelException when the file cannot be read, is not a model, is damaged, or is of another version
     */
    public static ModelKind of(Path file) {
        byte[] bytes = ModelEnvelope.read(file);
        if (MultiFile.is(bytes)) {
            return CLASSES;
        }
        ModelPurpose purpose = ModelFile.header(file, bytes).purpose();
        return purpose == null ? CLASSES : purpose.epsilon() == null ? OUTLIERS : NUMBERS;
    }
}
