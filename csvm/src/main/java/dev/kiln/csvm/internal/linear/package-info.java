/**
 * Linear machines by dual coordinate descent on blocks: nothing is built that is larger than the rows, and only
 * hyperplanes travel. For users there is {@link dev.kiln.csvm.LinearSvm}.
 */
@NullMarked
package dev.kiln.csvm.internal.linear;

import org.jspecify.annotations.NullMarked;
