/**
 * Cascade SVM: a support vector machine trained on an array in blocks, each worked on where it lies. Begin at
 * {@link dev.kiln.csvm.CascadeSvm}.
 */
@NullMarked
package dev.kiln.csvm;

import org.jspecify.annotations.NullMarked;
