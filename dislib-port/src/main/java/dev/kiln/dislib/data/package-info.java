/**
 * Reads text files into {@linkplain dev.kiln.dislib.DsArray arrays}, in parallel: each block is parsed on the node that
 * will hold it. Begin with {@link dev.kiln.dislib.data.DataFile}.
 */
@NullMarked
package dev.kiln.dislib.data;

import org.jspecify.annotations.NullMarked;
