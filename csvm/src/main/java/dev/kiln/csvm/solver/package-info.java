/**
 * The SVM solver of one node: kernel rows, their cache, and sequential minimal optimisation. For the cascade; programs
 * use {@link dev.kiln.csvm}, and implement {@link dev.kiln.csvm.solver.RowKernel} where they bring a kernel of their own.
 */
@NullMarked
package dev.kiln.csvm.solver;

import org.jspecify.annotations.NullMarked;
