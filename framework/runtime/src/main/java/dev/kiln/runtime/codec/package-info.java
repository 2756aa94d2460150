/** Turns values into bytes and back, through the class loader of the workflow that they belong to. */
@NullMarked
package dev.kiln.runtime.codec;

import org.jspecify.annotations.NullMarked;
