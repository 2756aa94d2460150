/**
 * Trained models: what they are made of, their files, those of LIBSVM, and what they say of rows. Knows nothing of
 * training.
 */
@NullMarked
package dev.kiln.csvm.internal.model;

import org.jspecify.annotations.NullMarked;
