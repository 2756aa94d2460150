package dev.kiln.runtime.driver;

import dev.kiln.runtime.wire.Payload;
import java.util.List;

/** How a value turned out. */
sealed interface Outcome {

    /** It exists on a node or in the cache. */
    enum Exists implements Outcome {
        /** The only one. */
        INSTANCE
    }

    /** It exists and is small: the driver has it. */
    record Small(Payload payload) implements Outcome {}

    /**
     * It will never exist.
     *
     * @param chain numbers of the tasks from the one that makes the value to the one that failed
     * @param names their names, in the same order
     * @param reason why the last of them failed
     * @param origin the value of the last of them, which has the user's exception
     */
    record Failed(List<Long> chain, List<String> names, String reason, ValueState origin) implements Outcome {}
}
