package dev.kiln.dislib.data;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often each label occurs in a block. */
record LabelCounts(List<String> names, long[] counts) {

    static LabelCounts of(LabelBlock block) {
        var counts = new long[block.names().size()];
        for (int code : block.codes()) {
            counts[code]++;
        }
        return new LabelCounts(block.names(), counts);
    }

    void addTo(SortedMap<String, Long> sums) {
        for (int i = 0; i < counts.length; i++) {
            sums.merge(names.get(i), counts[i], Long::sum);
        }
    }

    static SortedMap<String, Long> none() {
        return new TreeMap<>(LabelNames.ORDER);
    }
}
