package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.MultiClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which machines make up a multi-class model.
 *
 * @param how machines are made of classes
 * @param weights what each class weighs; there are 2 or more
 */
record Contest(MultiClass how, double[] weights) {

    /** Classes of equal weight. */
    static Contest of(MultiClass how, int classes) {
        double[] weights = new double[classes];
        Arrays.fill(weights, 1);
        return new Contest(how, weights);
    }

    /** How many classes there are. */
    int classes() {
        return weights.length;
    }

    /** The machines, in their order in the model. */
    List<Duel> duels() {
        return Duel.all(how, weights.length);
    }

    /** The classes that take part in a machine, ascending: in this order its rows stand. */
    int[] classes(Duel duel) {
        return duel.second() == Duel.REST
                ? IntStream.range(0, weights.length).toArray()
                : new int[] {Math.min(duel.first(), duel.second()), Math.max(duel.first(), duel.second())};
    }

    /** For each two classes the machines in which both take part; for a class and itself all that it takes part in. */
    int[][][] meetings() {
        List<List<List<Integer>>> found = new ArrayList<>();
        for (int a = 0; a < weights.length; a++) {
            List<List<Integer>> row = new ArrayList<>();
            for (int b = 0; b < weights.length; b++) {
                row.add(new ArrayList<>());
            }
            found.add(row);
        }
        List<Duel> duels = duels();
        for (int d = 0; d < duels.size(); d++) {
            for (int a : classes(duels.get(d))) {
                for (int b : classes(duels.get(d))) {
                    found.get(a).get(b).add(d);
                }
            }
        }
        return found.stream()
                .map(row -> row.stream()
                        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new))
                .toArray(int[][][]::new);
    }
}
