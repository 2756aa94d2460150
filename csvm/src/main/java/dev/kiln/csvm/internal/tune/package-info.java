/** Cross-validation over a grid of C and gamma. */
@NullMarked
package dev.kiln.csvm.internal.tune;

import org.jspecify.annotations.NullMarked;
