package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.tasks.ActiveObjectException.Reason;

/** Carries a {@link Problem} to where it becomes an answer. */
final class ProblemException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    ProblemException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Problem problem() {
        return new Problem(reason, String.valueOf(getMessage()));
    }
}
