package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.MultiClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which machines are trained. In cross-validation there is one for each fold and each price, and what the others call a
 * class is here a class in a fold: part {@code k * folds + f} has the rows of class k in fold f.
 *
 * @param how machines are made of classes
 * @param weights what each class weighs; there are 2 or more
 * @param folds how many there are; 1 where no rows are held back
 * @param prices what C is multiplied by, ascending
 */
record Contest(MultiClass how, double[] weights, int folds, double[] prices) {

    /** Machines of all rows. */
    Contest(MultiClass how, double[] weights) {
        this(how, weights, 1, new double[] {1});
    }

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

    /** How many parts rows come in. */
    int parts() {
        return weights.length * folds;
    }

    /** The class of a part. */
    int classOf(int part) {
        return part / folds;
    }

    /** The machines, in their order in the model; those that differ in their price alone are side by side. */
    List<Duel> duels() {
        List<Duel> pairs = pairs();
        List<Duel> all = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            for (Duel pair : pairs) {
                for (double price : prices) {
                    all.add(new Duel(pair.first(), pair.second(), folds == 1 ? Duel.NO_FOLD : fold, price));
                }
            }
        }
        return all;
    }

    /** The machines of one fold and price. */
    List<Duel> pairs() {
        return Duel.all(how, weights.length);
    }

    /** The parts that take part in a machine, ascending: in this order its rows stand. */
    int[] classes(Duel duel) {
        return IntStream.range(0, parts())
                .filter(part -> part % folds != duel.fold() && duel.label(classOf(part)) != 0)
                .toArray();
    }

    /** The parts that a machine is asked about afterwards: those of all classes in its fold. */
    int[] held(Duel duel) {
        return IntStream.range(0, parts())
                .filter(part -> part % folds == duel.fold())
                .toArray();
    }

    /**
     * For each two parts the machines that have rows of the first, and are asked about the second.
     *
     * @param asked for each machine the parts it is asked about
     */
    int[][][] meetings(int[][] asked) {
        List<List<List<Integer>>> found = new ArrayList<>();
        for (int a = 0; a < parts(); a++) {
            List<List<Integer>> row = new ArrayList<>();
            for (int b = 0; b < parts(); b++) {
                row.add(new ArrayList<>());
            }
            found.add(row);
        }
        List<Duel> duels = duels();
        for (int d = 0; d < asked.length; d++) {
            for (int a : classes(duels.get(d))) {
                for (int b : asked[d]) {
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
