/** The commands {@code kiln csvm train}, {@code kiln csvm predict} and {@code kiln demo}. */
@NullMarked
package dev.kiln.csvm.cli;

import org.jspecify.annotations.NullMarked;
