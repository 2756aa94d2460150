package dev.kiln.runtime.node;

import dev.kiln.runtime.wire.ToNode;
import java.util.Set;
import java.util.TreeSet;

/** Which parts of its inputs a task reads. */
final class Needs {

    private Needs() {}

    /** The parts of one input, or {@link Fetch#WHOLE} alone where the whole is read. */
    static Set<Integer> partsOf(ToNode.RunTask order, int input) {
        Set<Integer> parts = new TreeSet<>();
        for (ToNode.Arg arg : order.args()) {
            collect(arg, input, parts);
        }
        return parts.isEmpty() || parts.contains(Fetch.WHOLE) ? Set.of(Fetch.WHOLE) : parts;
    }

    private static void collect(ToNode.Arg arg, int input, Set<Integer> parts) {
        switch (arg) {
            case ToNode.Arg.Literal literal -> {}
            case ToNode.Arg.Read read -> {
                if (read.index() == input) {
                    parts.add(read.part());
                }
            }
            case ToNode.Arg.Many many -> many.args().forEach(each -> collect(each, input, parts));
        }
    }
}
