package dev.kiln.runtime.driver;

import dev.kiln.runtime.wire.ToNode;
import java.util.List;

/**
 * What is sent to a node each time a task is run, as far as it is the same each time.
 *
 * @param inputs the values that it reads, each once
 * @param keepsOld whether an update must leave its first input as it is: it updates a part of it, or reads it as another
 *     argument too
 */
record TaskParts(
        ToNode.MethodName method,
        List<ValueState> inputs,
        List<ToNode.Arg> args,
        boolean update,
        boolean keepsOld,
        int priority) {

    private static final long[] NONE = {};

    /** Of the values that it reads. */
    long[] inputNumbers() {
        int count = inputs.size();
        long[] numbers = count == 0 ? NONE : new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = inputs.get(i).id;
        }
        return numbers;
    }
}
