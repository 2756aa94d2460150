package dev.kiln.csvm.internal.rows;

import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.SparsePoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which rows are one in a compact model: those with the same values, if those that use them agree.
 *
 * @param kept the first row of each group, ascending
 * @param place for each row the place of its group in {@code kept}
 */
public record EqualRows(int[] kept, int[] place) {

    /** Whether a row may be one with the first of a group, to which it is then taken to belong. */
    public interface Agreement {
        boolean join(int first, int row);
    }

    public static EqualRows of(Points points, Agreement agreement) {
        int n = points.rows();
        int[] kept = new int[n];
        int[] place = new int[n];
        int count = 0;
        Map<Integer, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < n; i++) {
            List<Integer> alike = groups.computeIfAbsent(hash(points, i), h -> new ArrayList<>());
            int group = find(points, kept, alike, i, agreement);
            if (group < 0) {
                group = count++;
                kept[group] = i;
                alike.add(group);
            }
            place[i] = group;
        }
        return new EqualRows(Arrays.copyOf(kept, count), place);
    }

    private static int find(Points points, int[] kept, List<Integer> alike, int row, Agreement agreement) {
        for (int group : alike) {
            if (areEqual(points, kept[group], row) && agreement.join(kept[group], row)) {
                return group;
            }
        }
        return -1;
    }

    private static int hash(Points points, int row) {
        int hash = 1;
        if (points instanceof SparsePoints sparse) {
            for (int p = sparse.starts()[row]; p < sparse.starts()[row + 1]; p++) {
                hash = 31 * (31 * hash + sparse.columns()[p]) + Float.hashCode(sparse.values()[p]);
            }
            return hash;
        }
        for (int f = 0; f < points.features(); f++) {
            hash = 31 * hash + Float.hashCode(points.get(row, f) + 0f); // no negative zero
        }
        return hash;
    }

    private static boolean areEqual(Points points, int a, int b) {
        if (points instanceof SparsePoints(int features, float[] values, int[] columns, int[] starts)) {
            return Arrays.equals(columns, starts[a], starts[a + 1], columns, starts[b], starts[b + 1])
                    && Arrays.equals(values, starts[a], starts[a + 1], values, starts[b], starts[b + 1]);
        }
        for (int f = 0; f < points.features(); f++) {
            if (points.get(a, f) != points.get(b, f)) {
                return false;
            }
        }
        return true;
    }
}
