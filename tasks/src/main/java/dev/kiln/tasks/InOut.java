package dev.kiln.tasks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the first parameter of a {@code void} {@link Task} method as one that the method changes. Such a method is
 * called through {@link Workflow#update}; the ref that call returns is the parameter's next version.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface InOut {}
