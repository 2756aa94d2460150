package dev.kiln.csvm.cli;

import dev.kiln.csvm.CascadeSvmOptions;
import dev.kiln.dislib.data.LabelColumn;
import dev.kiln.dislib.data.Sparsity;
import dev.kiln.dislib.data.TextFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A training, as its options say, checked.
 *
 * @param file the training data
 * @param format of the data
 * @param label the column of labels
 * @param positive the label of the positive class; null for the greater of two numbers
 * @param standardize whether columns are brought to mean 0 and deviation 1
 * @param blockRows rows of a block
 * @param sparse whether zeros are left out
 * @param weights what classes and rows weigh
 * @param options of the machine, but for the weights of classes
 * @param multi what is asked for beyond one machine for two classes
 * @param test the test data, or null for none
 * @param model where to save the model, or null for nowhere
 */
record TrainSpec(
        Path file,
        TextFormat format,
        LabelColumn label,
        @Nullable String positive,
        boolean standardize,
        int blockRows,
        Sparsity sparse,
        WeightOptions.WeightSpec weights,
        CascadeSvmOptions options,
        MultiSpec multi,
        @Nullable Path test,
        @Nullable Path model) {}
