package dev.kiln.csvm;

import dev.kiln.csvm.solver.Points;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of several classes, in the order of their ids.
 *
 * @param points the rows
 * @param classes the class of each, from 0
 * @param ids their numbers in the whole array, ascending
 */
record ClassRows(Points points, byte[] classes, long[] ids) {

    /** These of its rows, in this order, which must be that of the ids. */
    ClassRows select(int[] which) {
        byte[] chosen = new byte[which.length];
        long[] chosenIds = new long[which.length];
        for (int i = 0; i < which.length; i++) {
            chosen[i] = classes[which[i]];
            chosenIds[i] = ids[which[i]];
        }
        return new ClassRows(points.select(which), chosen, chosenIds);
    }

    /** The rows of these classes. */
    int[] of(int a, int b) {
        return IntStream.range(0, classes.length)
                .filter(i -> classes[i] == a || classes[i] == b)
                .toArray();
    }

    /** The rows of all parts, once each. */
    static ClassRows union(List<ClassRows> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int size = parts.stream().mapToInt(p -> p.ids().length).sum();
        byte[] classes = new byte[size];
        long[] ids = new long[size];
        int at = 0;
        for (ClassRows part : parts) {
            System.arraycopy(part.classes, 0, classes, at, part.ids.length);
            System.arraycopy(part.ids, 0, ids, at, part.ids.length);
            at += part.ids.length;
        }
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong(i -> ids[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int count = 0;
        for (int i : order) {
            if (count == 0 || ids[order[count - 1]] != ids[i]) {
                order[count++] = i;
            }
        }
        var all = new ClassRows(
                Points.concat(parts.stream().map(ClassRows::points).toList()), classes, ids);
        return all.select(Arrays.copyOf(order, count));
    }
}
