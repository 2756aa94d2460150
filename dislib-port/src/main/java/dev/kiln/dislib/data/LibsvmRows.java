package dev.kiln.dislib.data;

/** Rows of LIBSVM: {@code label index:value index:value … # comment}. */
final class LibsvmRows implements RowParser {

    /** More would not be an index but a slip. */
    static final int MAX_FEATURES = 1 << 24;

    private final int features;
    private final LabelCollector labels;

    LibsvmRows(int features, LabelCollector labels) {
        this.features = features;
        this.labels = labels;
    }

    @Override
    public void parse(Place place, int to, RowSink sink) {
        byte[] b = place.bytes();
        int start = skipBlanks(b, place.from(), to);
        int end = endOfToken(b, start, to);
        int colon = colon(b, start, end);
        if (colon < end) {
            throw place.error(start, "the label is missing: expected a number, found '" + place.text(start, end) + "'");
        }
        if (!Double.isFinite(Numbers.parse(b, start, end))) {
            throw place.notNumber(start, start, end);
        }
        labels.add(place, start, end);
        int last = 0;
        while (true) {
            start = skipBlanks(b, end, to);
            if (start == to || b[start] == '#') {
                return;
            }
            end = endOfToken(b, start, to);
            colon = colon(b, start, end);
            int index = index(place, start, colon, end);
            if (index <= last) {
                throw place.error(
                        start,
                        index < 1
                                ? "expected an index from 1 on, found '" + place.text(start, colon) + "'"
                                : "expected an index above " + last + ", found " + index
                                        + ": the indices of a line ascend");
            }
            if (index > features) {
                throw place.error(
                        start, "index " + index + " is above " + features + ", the number of features expected");
            }
            double value = Numbers.parse(b, colon + 1, end);
            if (!Double.isFinite(value)) {
                throw place.notNumber(colon + 1, colon + 1, end);
            }
            sink.add(index - 1, value);
            last = index;
        }
    }

    /** The index of a feature; 0 for what is below 1. */
    private static int index(Place place, int start, int colon, int end) {
        if (colon == end) {
            throw place.error(start, "expected index:value, found '" + place.text(start, end) + "'");
        }
        byte[] b = place.bytes();
        boolean negative = b[start] == '-';
        int p = negative ? start + 1 : start;
        long index = 0;
        for (int q = p; q < colon; q++) {
            if (b[q] < '0' || b[q] > '9') {
                throw place.error(
                        start,
                        colon - start == 3 && b[start] == 'q' && b[start + 1] == 'i' && b[start + 2] == 'd'
                                ? "qid marks the queries of ranking data, which cannot be used here"
                                : "expected an index from 1 on, found '" + place.text(start, colon) + "'");
            }
            index = Math.min(Integer.MAX_VALUE, index * 10 + (b[q] - '0'));
        }
        if (index > MAX_FEATURES && !negative) {
            throw place.error(
                    start,
                    "index " + place.text(start, colon) + " is too large: the largest possible is " + MAX_FEATURES);
        }
        return negative || p == colon ? 0 : (int) index;
    }

    /** The largest index of a line that could be one; lines that are wrong are left to be found when parsed. */
    static int largestIndex(byte[] b, int from, int to) {
        int largest = 0;
        int index = 0;
        boolean digits = false;
        for (int p = from; p < to && b[p] != '#'; p++) {
            byte c = b[p];
            if (c >= '0' && c <= '9' && index <= MAX_FEATURES) {
                index = digits ? index * 10 + (c - '0') : index;
            } else if (c == ':' && digits && index <= MAX_FEATURES) {
                largest = Math.max(largest, index);
                digits = false;
            } else {
                index = 0;
                digits = c == ' ' || c == '\t';
            }
        }
        return largest;
    }

    /** How many values a line gives. */
    static int values(byte[] b, int from, int to) {
        int count = 0;
        for (int p = from; p < to && b[p] != '#'; p++) {
            count += b[p] == ':' ? 1 : 0;
        }
        return count;
    }

    private static int skipBlanks(byte[] b, int from, int to) {
        int p = from;
        while (p < to && isBlank(b[p])) {
            p++;
        }
        return p;
    }

    private static int endOfToken(byte[] b, int from, int to) {
        int p = from;
        while (p < to && !isBlank(b[p]) && b[p] != '#') {
            p++;
        }
        return p;
    }

    private static int colon(byte[] b, int from, int to) {
        int p = from;
        while (p < to && b[p] != ':') {
            p++;
        }
        return p;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
