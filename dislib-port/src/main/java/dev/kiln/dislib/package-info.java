/**
 * Matrices in blocks: a {@link dev.kiln.dislib.DsArray} is a grid of refs to {@link dev.kiln.dislib.Block blocks}, each of
 * which stays on the node that holds it. The public interface follows dislib's, in Java's manner.
 */
@NullMarked
package dev.kiln.dislib;

import org.jspecify.annotations.NullMarked;
