/**
 * The binary C-SVM solver of one node: kernel rows, their cache, and sequential minimal optimisation. For the cascade;
 * programs use {@link dev.kiln.csvm}.
 */
@NullMarked
package dev.kiln.csvm.solver;

import org.jspecify.annotations.NullMarked;
