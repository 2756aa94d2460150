/**
 * The compile-time checker of {@code @Task} methods and of the calls that name them. It generates nothing; programs put
 * it on the processor path and do not import it.
 */
@NullMarked
package dev.kiln.tasks.checker;

import org.jspecify.annotations.NullMarked;
