package dev.kiln.csvm.internal.multi;

import dev.kiln.csvm.internal.rows.BlockRows;
import dev.kiln.csvm.internal.rows.RowTerms;
import dev.kiln.csvm.internal.rows.SideWeights;
import dev.kiln.csvm.solver.Points;
import dev.kiln.dislib.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.LongToIntFunction;
import java.util.stream.IntStream;

/**
 * Rows of several classes, class by class. A machine's rows are those of its classes, one class after the other.
 *
 * @param parts the rows of each class, in the order of the classes
 */
record ClassRows(List<Part> parts) {

    /**
     * The rows of one class.
     *
     * @param points the rows as floats
     * @param ids their numbers in the whole array, ascending
     * @param terms what they weigh, and their targets
     */
    record Part(Points points, long[] ids, RowTerms terms) {

        int size() {
            return ids.length;
        }

        Part select(int[] which) {
            return new Part(
                    points.select(which),
                    Arrays.stream(which).mapToLong(i -> ids[i]).toArray(),
                    terms.select(which));
        }
    }

    /** The rows of a block, whose labels are among the classes, ascending. */
    static ClassRows of(Block x, Block y, RowTerms terms, long firstRow, double[] classes) {
        int[] codes = new int[y.rows()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Arrays.binarySearch(classes, y.get(i, 0));
        }
        Points all = BlockRows.points(x, firstRow);
        List<Part> parts = new ArrayList<>();
        for (int k = 0; k < classes.length; k++) {
            int of = k;
            int[] which =
                    IntStream.range(0, codes.length).filter(i -> codes[i] == of).toArray();
            parts.add(new Part(
                    all.select(which),
                    Arrays.stream(which).mapToLong(i -> firstRow + i).toArray(),
                    terms.select(which)));
        }
        return new ClassRows(parts);
    }

    /** How many there are. */
    int size() {
        return parts.stream().mapToInt(Part::size).sum();
    }

    /** The price of each row of a machine on the wrong side of its margin. */
    double[] prices(Duel duel, Contest contest, double c) {
        SideWeights sides = duel.weights(contest.weights());
        int[] classes = contest.classes(duel);
        double[] prices = new double[size(classes)];
        int at = 0;
        for (int k : classes) {
            Part part = parts.get(k);
            for (int i = 0; i < part.size(); i++) {
                prices[at++] =
                        c * duel.price() * sides.of((byte) duel.label(contest.classOf(k))) * part.terms.weight(i);
            }
        }
        return prices;
    }

    /** How many rows of each class weigh something. */
    long[] counts() {
        return parts.stream()
                .mapToLong(part -> IntStream.range(0, part.size())
                        .filter(i -> part.terms.weight(i) > 0)
                        .count())
                .toArray();
    }

    /** For each row of each class false. */
    boolean[][] none() {
        return parts.stream().map(part -> new boolean[part.size()]).toArray(boolean[][]::new);
    }

    /** How many of them a machine has. */
    int size(int[] classes) {
        return Arrays.stream(classes).map(k -> parts.get(k).size()).sum();
    }

    /** Those of these numbers. */
    ClassRows where(LongPredicate numbers) {
        return new ClassRows(parts.stream()
                .map(part -> part.select(IntStream.range(0, part.size())
                        .filter(i -> numbers.test(part.ids[i]))
                        .toArray()))
                .toList());
    }

    /** The same rows, those of each class fold by fold: class k in fold f is part {@code k * folds + f}. */
    ClassRows inFolds(int folds, LongToIntFunction fold) {
        List<Part> all = new ArrayList<>();
        for (Part part : parts) {
            for (int f = 0; f < folds; f++) {
                int of = f;
                all.add(part.select(IntStream.range(0, part.size())
                        .filter(i -> fold.applyAsInt(part.ids[i]) == of)
                        .toArray()));
            }
        }
        return new ClassRows(all);
    }

    /** These of its rows, of each class, in ascending order. */
    ClassRows select(int[][] which) {
        return new ClassRows(IntStream.range(0, which.length)
                .mapToObj(k -> parts.get(k).select(which[k]))
                .toList());
    }

    /** +1 or -1 for each row of a machine. */
    byte[] labels(Duel duel, Contest contest) {
        int[] classes = contest.classes(duel);
        byte[] labels = new byte[size(classes)];
        int at = 0;
        for (int k : classes) {
            int to = at + parts.get(k).size();
            Arrays.fill(labels, at, to, (byte) duel.label(contest.classOf(k)));
            at = to;
        }
        return labels;
    }

    /** Of values, for each machine one for each of its rows, those of these rows of each class. */
    List<double[]> choose(Contest contest, List<double[]> values, int[][] which) {
        List<double[]> chosen = new ArrayList<>();
        List<Duel> duels = contest.duels();
        for (int d = 0; d < values.size(); d++) {
            int[] classes = contest.classes(duels.get(d));
            double[] these =
                    new double[Arrays.stream(classes).map(k -> which[k].length).sum()];
            int from = 0;
            int to = 0;
            for (int k : classes) {
                for (int i : which[k]) {
                    these[to++] = values.get(d)[from + i];
                }
                from += parts.get(k).size();
            }
            chosen.add(these);
        }
        return chosen;
    }
}
