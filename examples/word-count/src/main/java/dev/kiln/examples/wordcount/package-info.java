/** A workflow program built against {@code kiln-tasks} alone. */
@NullMarked
package dev.kiln.examples.wordcount;

import org.jspecify.annotations.NullMarked;
