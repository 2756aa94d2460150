package dev.kiln.csvm.cli;

import dev.kiln.csvm.MultiClass;
import org.jspecify.annotations.Nullable;

/**
 * What a training of many classes is asked for.
 *
 * @param multiclass how machines make one, or null for the default where there are more than two labels
 * @param probability whether the model is to give probabilities
 */
record MultiSpec(@Nullable MultiClass multiclass, boolean probability) {

    /** One machine for two classes, unless the labels are more. */
    static final MultiSpec NONE = new MultiSpec(null, false);

    MultiClass how() {
        return multiclass == null ? MultiClass.OVO : multiclass;
    }

    /** Whether two labels are treated like many. */
    boolean isAsked() {
        return multiclass != null || probability;
    }
}
