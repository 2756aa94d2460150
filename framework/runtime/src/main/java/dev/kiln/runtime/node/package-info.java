/** The worker of a node: it keeps values, gets what tasks read, and runs them. */
@NullMarked
package dev.kiln.runtime.node;

import org.jspecify.annotations.NullMarked;
