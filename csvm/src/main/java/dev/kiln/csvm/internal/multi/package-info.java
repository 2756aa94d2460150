/**
 * The cascade of all machines of several classes at once, and their probabilities. Begin at
 * {@link dev.kiln.csvm.internal.multi.MultiTraining}.
 */
@NullMarked
package dev.kiln.csvm.internal.multi;

import org.jspecify.annotations.NullMarked;
