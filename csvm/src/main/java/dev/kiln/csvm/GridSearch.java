package dev.kiln.csvm;

import dev.kiln.csvm.internal.multi.GridTraining;
import dev.kiln.dislib.DsArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds C and gamma by cross-validation, for two classes or more. For each pair and fold a machine is trained on the other
 * folds' rows, to their optimum. The machines of a gamma are trained together: kernel values are evaluated once for all
 * folds and all C, and a machine begins where that of the next lower C ended, so that a further fold or C costs little.
 * Folds depend on the seed and on row numbers alone, and so the same seed gives the same bits on any number of nodes.
 * Stateless.
 */
public final class GridSearch {

    private final CascadeSvmOptions options;
    private final int folds;

    /**
     * With options whose C and gamma are not looked at.
     *
     * @param folds into how many parts the rows are cut, 2 or more
     */
    public GridSearch(CascadeSvmOptions options, int folds) {
        if (folds < 2) {
            throw new IllegalArgumentException("folds " + folds + ": expected 2 or more");
        }
        this.options = options;
        this.folds = folds;
    }

    /**
     * How good a pair is.
     *
     * @param c the price of a row on the wrong side
     * @param gamma of the kernel
     * @param accuracy the part of all rows that the machine trained without their fold gets right
     */
    public record Cell(double c, double gamma, double accuracy) {}

    /** The best pair: of equal ones that of the least C, then of the least gamma. */
    public static Cell best(List<Cell> cells) {
        return cells.stream()
                .min(Comparator.comparingDouble((Cell cell) -> -cell.accuracy())
                        .thenComparingDouble(Cell::c)
                        .thenComparingDouble(Cell::gamma))
                .orElseThrow(() -> new IllegalArgumentException("no pairs; expected 1 or more"));
    }

    /**
     * Where the training of one gamma stands.
     *
     * @param gamma of the kernel
     * @param round 1 for the first look through the rows
     * @param violators rows that break the conditions of one of its machines
     */
    public record Step(double gamma, int round, long violators) {}

    /** As {@link #run(DsArray, DsArray, DsArray, MultiClass, List, List, Consumer)}, for rows that weigh 1, in pairs. */
    public List<Cell> run(DsArray x, DsArray y, List<Double> cs, List<Double> gammas) {
        return run(x, y, null, MultiClass.OVO, cs, gammas, step -> {});
    }

    /**
     * Tries every pair.
     *
     * @param y one column of labels, in blocks of as many rows as those of x; each different number is a class
     * @param weights one column of numbers, 0 or more, in blocks of as many rows as those of x; null if all weigh 1
     * @param how machines are made of more than two classes
     * @param cs values of C, above 0
     * @param gammas values of gamma, above 0
     * @param steps told of each round of each machine, by one thread at a time, which is not the calling one
     * @return one cell a pair: in the order of the gammas, and of ascending C for each
     * @throws IllegalArgumentException as {@link MultiClassSvm#fit}, or when there are fewer rows than folds
     */
    public List<Cell> run(
            DsArray x,
            DsArray y,
            @Nullable DsArray weights,
            MultiClass how,
            List<Double> cs,
            List<Double> gammas,
            Consumer<Step> steps) {
        List<Double> ascending = cs.stream().sorted().toList();
        List<long[]> hits = new GridTraining(options, folds, x)
                .run(
                        y,
                        weights,
                        how,
                        ascending,
                        gammas,
                        (gamma, round, violators) -> steps.accept(new Step(gamma, round, violators)));
        List<Cell> cells = new ArrayList<>();
        for (int g = 0; g < hits.size(); g++) {
            for (int k = 0; k < ascending.size(); k++) {
                cells.add(new Cell(ascending.get(k), gammas.get(g), hits.get(g)[k] / (double) x.rows()));
            }
        }
        return cells;
    }
}
