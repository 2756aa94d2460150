package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.solver.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of several parts, once each, and where those of each part stand among them.
 *
 * @param rows all of them
 * @param places {@code places[part][class][i]} is the place in its class of row i of that class of the part
 */
record ClassUnion(ClassRows rows, int[][][] places) {

    static ClassUnion of(List<ClassRows> all) {
        int classes = all.getFirst().parts().size();
        int[][][] places = new int[all.size()][classes][];
        List<ClassRows.Part> joined = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            List<ClassRows.Part> parts = new ArrayList<>();
            for (ClassRows rows : all) {
                parts.add(rows.parts().get(k));
            }
            joined.add(join(parts, places, k));
        }
        return new ClassUnion(new ClassRows(joined), places);
    }

    private static ClassRows.Part join(List<ClassRows.Part> parts, int[][][] places, int k) {
        long[] ids = parts.stream()
                .flatMapToLong(part -> Arrays.stream(part.ids()))
                .sorted()
                .distinct()
                .toArray();
        int[] which = new int[ids.length];
        int before = 0;
        for (int p = 0; p < parts.size(); p++) {
            ClassRows.Part part = parts.get(p);
            int[] place = new int[part.size()];
            int at = 0;
            for (int i = 0; i < place.length; i++) {
                while (ids[at] != part.ids()[i]) {
                    at++;
                }
                place[i] = at;
                which[at] = before + i;
            }
            places[p][k] = place;
            before += place.length;
        }
        Points points = Points.concat(parts.stream().map(ClassRows.Part::points).toList());
        RowTerms terms = RowTerms.concat(
                parts.stream().map(ClassRows.Part::terms).toList(),
                parts.stream().mapToInt(ClassRows.Part::size).toArray());
        return new ClassRows.Part(points.select(which), ids, terms.select(which));
    }

    /** A machine's values, one for each of its rows in a part, in the places of all; other places keep what they have. */
    void spread(int part, int[] classes, double[] values, double[] all) {
        int from = 0;
        int to = 0;
        for (int k : classes) {
            for (int place : places[part][k]) {
                all[to + place] = values[from++];
            }
            to += rows.parts().get(k).size();
        }
    }
}
