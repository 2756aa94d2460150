/** Rows as training takes them: blocks of points with labels, weights and targets. Knows nothing of machines. */
@NullMarked
package dev.kiln.csvm.internal.rows;

import org.jspecify.annotations.NullMarked;
