/** Tests of the solver on cases small enough to solve by brute force. */
@NullMarked
package dev.kiln.csvm.solver;

import org.jspecify.annotations.NullMarked;
