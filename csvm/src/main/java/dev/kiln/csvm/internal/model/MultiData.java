package dev.kiln.csvm.internal.model;

import dev.kiln.csvm.MultiClass;
import dev.kiln.csvm.internal.rows.EqualRows;
import dev.kiln.csvm.solver.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a multi-class model is made of; also the form in which it is put into a cluster.
 *
 * @param header everything but the support vectors
 * @param points the different rows that any machine uses
 * @param ids their row numbers in the training data, ascending
 * @param uses for each machine the indexes of its rows, ascending, and their multipliers
 */
public record MultiData(MultiHeader header, Points points, long[] ids, List<Use> uses) {

    /**
     * The support vectors of one machine.
     *
     * @param rows indexes of rows, ascending
     * @param beta signed multipliers
     */
    public record Use(int[] rows, double[] beta) {

        /** The same with each row at another place, where it may meet others. */
        private Use merged(int[] place) {
            SortedMap<Integer, Double> sums = new TreeMap<>();
            for (int i = 0; i < rows.length; i++) {
                sums.merge(place[rows[i]], beta[i], Double::sum);
            }
            return new Use(
                    sums.keySet().stream().mapToInt(Integer::intValue).toArray(),
                    sums.values().stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /** A machine for two classes in this form; its decision values keep their bits. */
    public static MultiData of(ModelData data) {
        ModelHeader h = data.header();
        int n = data.ids().length;
        var header = new MultiHeader(
                h.kiln(),
                h.features(),
                n,
                MultiClass.OVO,
                new double[] {-1, 1},
                List.of(h.negative(), h.positive()),
                List.of(new MultiHeader.Part(1, 0, n, h.rho(), null, h.certificate())),
                h.options(),
                h.rows(),
                h.blockRows(),
                h.certificate().trainAccuracy(),
                h.scaling());
        var use = new Use(IntStream.range(0, n).toArray(), data.beta());
        return new MultiData(header, data.points(), data.ids(), List.of(use));
    }

    /**
     * The same model with each different row once: equal rows are one, with their multipliers added, unless a machine has
     * them on different sides.
     */
    public MultiData compact() {
        List<Map<Integer, Boolean>> sides = new ArrayList<>();
        for (int i = 0; i < points.rows(); i++) {
            sides.add(new HashMap<>());
        }
        for (int m = 0; m < uses.size(); m++) {
            Use use = uses.get(m);
            for (int i = 0; i < use.rows().length; i++) {
                sides.get(use.rows()[i]).put(m, use.beta()[i] > 0);
            }
        }
        EqualRows equal = EqualRows.of(points, (first, row) -> agree(sides.get(first), sides.get(row)));
        if (equal.kept().length == points.rows()) {
            return this;
        }
        List<Use> merged = uses.stream().map(use -> use.merged(equal.place())).toList();
        long[] kept = Arrays.stream(equal.kept()).mapToLong(i -> ids[i]).toArray();
        return new MultiData(header.with(kept.length, merged), points.select(equal.kept()), kept, merged);
    }

    private static boolean agree(Map<Integer, Boolean> first, Map<Integer, Boolean> row) {
        for (Map.Entry<Integer, Boolean> own : row.entrySet()) {
            Boolean other = first.get(own.getKey());
            if (other != null && !other.equals(own.getValue())) {
                return false;
            }
        }
        first.putAll(row);
        return true;
    }

    public MultiData with(MultiHeader other) {
        return new MultiData(other, points, ids, uses);
    }
}
