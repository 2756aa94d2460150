package dev.kiln.dislib.data;

import java.util.List;

/**
 * What every task that reads a file must know of it.
 *
 * @param file its absolute path
 * @param shown its path as the user gave it, for messages
 * @param size its length in bytes
 * @param format CSV or LIBSVM
 * @param delimiter what stands between the fields of CSV; a blank stands for any run of blanks and tabs
 * @param fields the number of fields of a line of CSV
 * @param label the index of the label's field in CSV; -1 for none
 * @param weight the index of the weight's field in CSV; -1 for none
 * @param names the columns of CSV, the label's and the weight's included; empty without a header
 * @param dataStart where the first line after the header begins
 * @param firstLine the number of that line, from 1
 */
record Layout(
        String file,
        String shown,
        long size,
        TextFormat format,
        char delimiter,
        int fields,
        int label,
        int weight,
        List<String> names,
        long dataStart,
        long firstLine) {

    int csvFeatures() {
        return fields - (label < 0 ? 0 : 1) - (weight < 0 ? 0 : 1);
    }

    /** Whether a line holds nothing that counts: blanks alone, or in LIBSVM a comment alone. */
    boolean isBlank(byte[] b, int from, int to) {
        for (int p = from; p < to; p++) {
            byte c = b[p];
            if (c == '#' && format == TextFormat.LIBSVM) {
                return true;
            }
            if (c != ' ' && c != '\r' && (c != '\t' || (delimiter == '\t' && format == TextFormat.CSV))) {
                return false;
            }
        }
        return true;
    }
}
