package dev.kiln.tasks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a static method that a {@link Workflow} may run on any node.
 *
 * <p>The method reads its parameters and returns a new value; it must not change a parameter unless that is marked
 * {@link InOut}, and what it returns must not share mutable parts with its parameters. Parameters and result must be
 * values that can travel: primitives, strings, enums, records, arrays, collections of those, and serialisable objects.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Task {

    /** The name shown in progress, errors and statistics; the method's own name when empty. */
    String name() default "";

    /** How many more times a call that threw is tried, on another node where there is one. */
    int retries() default 0;

    /** Of two tasks ready on one node, the one with the higher priority runs first. */
    int priority() default 0;
}
