package dev.kiln.tasks.testing;

import dev.kiln.tasks.TaskFailedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a task of an {@link InlineBackend} ended. */
sealed interface Outcome {

    /** It returned. */
    record Value(@Nullable Object value) implements Outcome {}

    /** It threw, or could not run; as in {@link TaskFailedException}. */
    record Failed(
            List<String> chain, String reason, @Nullable Throwable cause) implements Outcome {

        /** The failure of a task that needed this one's value. */
        Failed after(String label) {
            List<String> longer = new ArrayList<>(chain.size() + 1);
            longer.add(label);
            longer.addAll(chain);
            return new Failed(longer, reason, cause);
        }

        TaskFailedException exception() {
            return new TaskFailedException(chain, reason, cause);
        }
    }
}
