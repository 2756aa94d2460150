package dev.kiln.dislib.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the labels of a block, row by row. Not thread-safe; one per task. */
final class LabelCollector {

    private final List<String> allowed;
    private final int[] codes;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> codeOfName = new HashMap<>();
    private final Map<String, Integer> codeOfText = new HashMap<>();
    private byte[] lastText = {};
    private int lastCode = -1;
    private int rows;

    /**
     * For a block.
     *
     * @param allowed the labels that may occur; any when empty
     */
    LabelCollector(int rows, List<String> allowed) {
        this.codes = new int[rows];
        this.allowed = allowed;
    }

    /** The label of the next row, in a field of CSV. */
    void add(Place place, Fields field) {
        if (field.isRewritten() || !isLast(place.bytes(), field.start(), field.end())) {
            remember(place, field.place(), field.start(), field.end(), field.text());
        }
        if (field.isRewritten()) {
            lastText = new byte[0];
        }
        codes[rows++] = lastCode;
    }

    /** The label of the next row, in these bytes. */
    void add(Place place, int start, int end) {
        byte[] bytes = place.bytes();
        if (!isLast(bytes, start, end)) {
            remember(place, start, start, end, new String(bytes, start, end - start, StandardCharsets.UTF_8));
        }
        codes[rows++] = lastCode;
    }

    private boolean isLast(byte[] bytes, int start, int end) {
        return lastText.length > 0 && Arrays.equals(bytes, start, end, lastText, 0, lastText.length);
    }

    private void remember(Place place, int at, int start, int end, String text) {
        Integer code = codeOfText.get(text);
        if (code == null) {
            String name = LabelNames.canonical(text);
            if (name.isEmpty()) {
                throw place.error(at, "the label is missing");
            }
            if (!allowed.isEmpty() && !allowed.contains(name)) {
                throw place.error(
                        at, "unknown label '" + place.text(start, end) + "'; expected " + String.join(" or ", allowed));
            }
            code = codeOfName.computeIfAbsent(name, n -> {
                names.add(n);
                return names.size() - 1;
            });
            codeOfText.put(text, code);
        }
        lastText = Arrays.copyOfRange(place.bytes(), start, end);
        lastCode = code;
    }

    /** The labels gathered, with the names sorted. */
    LabelBlock toBlock() {
        List<String> sorted = names.stream().sorted(LabelNames.ORDER).toList();
        var sortedCode = new int[names.size()];
        codeOfName.forEach((name, code) -> sortedCode[code] = Collections.binarySearch(sorted, name, LabelNames.ORDER));
        var sortedCodes = new int[rows];
        for (int i = 0; i < rows; i++) {
            sortedCodes[i] = sortedCode[codes[i]];
        }
        return new LabelBlock(sortedCodes, List.copyOf(sorted));
    }
}
