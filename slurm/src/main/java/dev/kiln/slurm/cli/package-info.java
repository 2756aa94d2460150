/** The commands {@code kiln submit}, {@code jobs}, {@code status}, {@code logs} and {@code cancel}. */
@NullMarked
package dev.kiln.slurm.cli;

import org.jspecify.annotations.NullMarked;
