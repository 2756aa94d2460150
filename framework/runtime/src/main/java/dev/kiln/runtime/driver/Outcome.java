package dev.kiln.runtime.driver;

import dev.kiln.runtime.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
     * It will never exist. Each dependent's failure refers to that of the input which it failed for, so that what is told
     * of a failure outlives what the scheduler remembers, and a long chain of dependents costs one of these each.
     *
     * @param title the task that makes the value
     * @param because how the input failed that it would have read; null when the task failed itself
     * @param reason why the last of the chain failed
     * @param exception what its method threw; null when that is not known
     */
    record Failed(
            String title,
            @Nullable Failed because,
            String reason,
            @Nullable Payload exception) implements Outcome {

        /** The tasks from the one that makes the value to the one that failed. */
        List<String> names() {
            List<String> names = new ArrayList<>();
            for (Failed at = this; at != null; at = at.because) {
                names.add(at.title);
            }
            return names;
        }
    }
}
