package dev.kiln.runtime.driver;

import dev.kiln.runtime.wire.ToNode;
import java.util.List;

/**
 * What is sent to a node each time a task is run, as far as it is the same each time.
 *
 * @param inputs the values that it reads, each once
 * @param updatesPart whether the value that it updates is a part of its first input, which must stay as it is
 */
record TaskParts(
        ToNode.MethodName method,
        List<ValueState> inputs,
        List<ToNode.Arg> args,
        boolean update,
        boolean updatesPart,
        int priority) {}
