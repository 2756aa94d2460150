package dev.kiln.dislib.data;

/**
 * What is known of the lines that begin in a range of a file: their number, and where some of the rows begin, from
 * which a reader can go on to those between.
 *
 * @param lines the lines, blank ones included
 * @param rows the lines that are rows
 * @param largestIndex the largest index of a feature in LIBSVM; 0 in CSV
 * @param values the values that rows of LIBSVM give; 0 in CSV
 * @param stride of how many rows one is noted, the first of the range being the first
 * @param offsets where in the file the rows noted begin
 * @param linesBefore how many lines of the range come before each
 */
record RangeIndex(
        long lines, long rows, int largestIndex, long values, int stride, long[] offsets, long[] linesBefore) {}
