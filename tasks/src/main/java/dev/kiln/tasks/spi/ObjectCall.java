package dev.kiln.tasks.spi;

import java.time.Duration;

/**
 * A call of an active object.
 *
 * @param object its id
 * @param alias its name, for messages
 * @param method the method
 * @param args the arguments, as {@link ObjectSpace#encode} made them
 * @param timeout how long to wait for the answer
 * @param repeatable whether it may be sent again when its node was lost: it only reads, or is idempotent
 */
public record ObjectCall(
        long object, String alias, ObjectMethod method, byte[] args, Duration timeout, boolean repeatable) {

    /** What is called, for messages: {@code Forecaster.predict of pump-7}. */
    public String title() {
        return method.title() + " of " + alias;
    }
}
