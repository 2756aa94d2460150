package dev.kiln.dislib.data;

import dev.kiln.tasks.Workflow;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * A text file to load, and how. Where nothing else is said the format is found out, and the labels are in the last
 * column.
 *
 * {@snippet :
 * Loaded train = DataFile.at(Path.of("train.csv")).label(LabelColumn.last()).blockRows(2_000).load(wf);
 * DsArray y = train.labels().signs("g");
 * }
 *
 * @param path where the file is, on every node
 * @param format how it is written
 * @param label which column of CSV holds the labels
 * @param weight which column of CSV holds what rows weigh, if one does; it is no feature
 * @param blockRows the rows of a block; the last block has what is left, and a file of fewer rows is one block
 * @param features how many features there must be, such as those of the training data; if empty, as many as there are
 * @param allowedLabels the labels that may occur, as {@link Labels#distinct} writes them; any when empty
 * @param names the names that the features must have in a file with a header; any when empty
 * @param sparsity whether blocks store zeros
 * @param rangeBytes how many bytes a task counts lines in; the result does not depend on it
 */
public record DataFile(
        Path path,
        TextFormat format,
        LabelColumn label,
        LabelColumn weight,
        int blockRows,
        OptionalInt features,
        List<String> allowedLabels,
        List<String> names,
        Sparsity sparsity,
        int rangeBytes) {

    private static final int BLOCK_ROWS = 2_000;
    private static final int RANGE_BYTES = 8 << 20;

    /** Checks the ranges. */
    public DataFile {
        if (blockRows < 1) {
            throw new IllegalArgumentException("block rows " + blockRows + ": expected 1 or more");
        }
        if (features.isPresent() && features.getAsInt() < 1) {
            throw new IllegalArgumentException("features " + features.getAsInt() + ": expected 1 or more");
        }
        if (rangeBytes < 1) {
            throw new IllegalArgumentException("range bytes " + rangeBytes + ": expected 1 or more");
        }
        allowedLabels = List.copyOf(allowedLabels);
        names = List.copyOf(names);
    }

    /** The file at a path. */
    public static DataFile at(Path path) {
        return new DataFile(
                path,
                TextFormat.AUTO,
                LabelColumn.last(),
                LabelColumn.none(),
                BLOCK_ROWS,
                OptionalInt.empty(),
                List.of(),
                List.of(),
                Sparsity.AUTO,
                RANGE_BYTES);
    }

    /** The same with another format. */
    public DataFile format(TextFormat other) {
        return new DataFile(
                path, other, label, weight, blockRows, features, allowedLabels, names, sparsity, rangeBytes);
    }

    /** The same with another label column. */
    public DataFile label(LabelColumn other) {
        return new DataFile(
                path, format, other, weight, blockRows, features, allowedLabels, names, sparsity, rangeBytes);
    }

    /** The same with a column of weights, numbers of 0 or more, which LIBSVM files do not have. */
    public DataFile weight(LabelColumn other) {
        return new DataFile(
                path, format, label, other, blockRows, features, allowedLabels, names, sparsity, rangeBytes);
    }

    /** The same with other rows of a block. */
    public DataFile blockRows(int other) {
        return new DataFile(path, format, label, weight, other, features, allowedLabels, names, sparsity, rangeBytes);
    }

    /** The same with a number of features that the file must have; in LIBSVM, may not exceed. */
    public DataFile features(int expected) {
        return new DataFile(
                path,
                format,
                label,
                weight,
                blockRows,
                OptionalInt.of(expected),
                allowedLabels,
                names,
                sparsity,
                rangeBytes);
    }

    /** The same with the labels that may occur. */
    public DataFile allowedLabels(Collection<String> labels) {
        List<String> allowed = labels.stream().map(Labels::canonical).toList();
        return new DataFile(path, format, label, weight, blockRows, features, allowed, names, sparsity, rangeBytes);
    }

    /** The same with blocks that store zeros or do not. */
    public DataFile sparsity(Sparsity other) {
        return new DataFile(path, format, label, weight, blockRows, features, allowedLabels, names, other, rangeBytes);
    }

    /**
     * The same, to hold rows of the kind of some training data: its features, with its names, none but its labels, and
     * sparse if it is.
     */
    public DataFile like(Loaded train) {
        DataFile alike = features(Math.toIntExact(train.x().columns()))
                .allowedLabels(train.labels().distinct())
                .sparsity(train.sparse() ? Sparsity.YES : Sparsity.NO);
        return alike.names(train.names());
    }

    private DataFile names(List<String> expected) {
        return new DataFile(
                path, format, label, weight, blockRows, features, allowedLabels, expected, sparsity, rangeBytes);
    }

    /** The same with another size of the ranges that lines are counted in. */
    public DataFile rangeBytes(int other) {
        return new DataFile(path, format, label, weight, blockRows, features, allowedLabels, names, sparsity, other);
    }

    /**
     * How many fields a line of CSV has, the label's included; empty for LIBSVM. Reads the first lines alone, to tell
     * for instance whether there is a label beside the features.
     *
     * @throws BadDataException when the file is not there, or holds no rows
     */
    public OptionalInt fields() {
        DataFile anything = new DataFile(
                path,
                format,
                LabelColumn.none(),
                LabelColumn.none(),
                blockRows,
                OptionalInt.empty(),
                List.of(),
                List.of(),
                sparsity,
                rangeBytes);
        Layout layout = Inspection.of(anything);
        return layout.format() == TextFormat.CSV ? OptionalInt.of(layout.fields()) : OptionalInt.empty();
    }

    /**
     * Reads the file in parallel, each block on the node that will hold it, and waits until all of it is known to be
     * good. The elements stay where they are.
     *
     * @throws BadDataException when the file cannot be used; of several faults it tells the first in the file
     */
    public Loaded load(Workflow wf) {
        return new Loading(wf, this).run();
    }
}
