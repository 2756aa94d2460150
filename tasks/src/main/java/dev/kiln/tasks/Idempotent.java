package dev.kiln.tasks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@linkplain ActiveObject active object}'s interface that does no more when it runs twice than
 * when it runs once. When the node that runs such a call is lost, the call is sent again; other updates are run at most
 * once, and the caller is told that the outcome is not known.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {}
