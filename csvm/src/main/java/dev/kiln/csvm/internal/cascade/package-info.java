/**
 * The cascade of one machine: the tree of the first pass, rounds of looking through blocks and solving again, the
 * certificate. Begin at {@link dev.kiln.csvm.internal.cascade.Cascade}.
 */
@NullMarked
package dev.kiln.csvm.internal.cascade;

import org.jspecify.annotations.NullMarked;
