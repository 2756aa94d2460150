package dev.kiln.dislib.data;

import dev.kiln.dislib.Block;

/** The rows of a block with their labels, as one task parses them; programs see the parts. */
record LabelledBlock(Block features, LabelBlock labels, LabelCounts counts) {}
