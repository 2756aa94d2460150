package dev.kiln.tasks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@linkplain ActiveObject active object}'s interface that does not change the object. Such calls
 * run at once with each other and on any replica; all other methods run alone, one after the other. The cluster trusts
 * the mark: what a marked method changes all the same is lost.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ReadOnly {}
