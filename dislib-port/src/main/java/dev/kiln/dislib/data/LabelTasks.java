package dev.kiln.dislib.data;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.tasks.Task;
import java.util.List;

/** The tasks that {@link Labels} submits. */
final class LabelTasks {

    private LabelTasks() {}

    /** A column with +1 at the rows of this label and -1 at the others. */
    @Task
    static Block signs(LabelBlock labels, String positive) {
        int code = labels.names().indexOf(positive);
        var signs = new double[labels.rows()];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = labels.codes()[i] == code ? 1 : -1;
        }
        return new DenseBlock(signs.length, 1, signs);
    }

    /** A column with the place of each row's label in these names, or -1. */
    @Task
    static Block codes(LabelBlock labels, List<String> classes) {
        int[] places = labels.names().stream().mapToInt(classes::indexOf).toArray();
        var codes = new double[labels.rows()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = places[labels.codes()[i]];
        }
        return new DenseBlock(codes.length, 1, codes);
    }

    /** A column with the labels, which are numbers. */
    @Task
    static Block numbers(LabelBlock labels) {
        double[] values =
                labels.names().stream().mapToDouble(Double::parseDouble).toArray();
        var column = new double[labels.rows()];
        for (int i = 0; i < column.length; i++) {
            column[i] = values[labels.codes()[i]];
        }
        return new DenseBlock(column.length, 1, column);
    }
}
