package dev.kiln.lstm.worker;

/**
 * Rows of a series, scaled: {@code rows[row][variable]}.
 *
 * @param rows not to be changed
 */
record ScaledRows(float[][] rows) {}
