/** Connections over which nodes fetch values from each other, straight out of arrays and into arrays. */
@NullMarked
package dev.kiln.runtime.data;

import org.jspecify.annotations.NullMarked;
