/** What Kiln's figures are measured with: {@code kiln bench}. */
@NullMarked
package dev.kiln.benchmarks;

import org.jspecify.annotations.NullMarked;
