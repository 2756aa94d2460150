package dev.kiln.ignite;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Makes one line of what Ignite throws when it does not start. */
final class StartFailure {

    private StartFailure() {}

    static boolean isPortTaken(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (t instanceof BindException
                    || message.contains("Address already in use")
                    || message.contains("port is in use")
                    || message.contains("Failed to bind")) {
                return true;
            }
        }
        return false;
    }

    /** The innermost message, in one line. */
    static String reason(Throwable failure) {
        if (failure instanceof ClusterStartException known) {
            return String.valueOf(known.getMessage());
        }
        if (failure instanceof VirtualMachineError broken) {
            return broken.getClass().getSimpleName() + ": " + broken.getMessage();
        }
        @Nullable String reason = null;
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t.getMessage() != null) {
                reason = t.getMessage();
            }
        }
        String text = reason == null ? failure.getClass().getSimpleName() : reason;
        return text.lines().findFirst().orElse(text).strip();
    }
}
