package dev.kiln.dislib.data;

import dev.kiln.dislib.Block;

/**
 * The rows of a block with their labels, as one task parses them; programs see the parts.
 *
 * @param weights one column; of no rows where the file has no weights
 */
record LabelledBlock(Block features, LabelBlock labels, LabelCounts counts, Block weights) {}
