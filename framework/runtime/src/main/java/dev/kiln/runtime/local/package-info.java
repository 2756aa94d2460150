/** A cluster inside one JVM, without Ignite: what {@code Workflow.open()} uses in an IDE and in unit tests. */
@NullMarked
package dev.kiln.runtime.local;

import org.jspecify.annotations.NullMarked;
