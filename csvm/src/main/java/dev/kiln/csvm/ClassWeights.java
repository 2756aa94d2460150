package dev.kiln.csvm;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What classes weigh: the price of a row on the wrong side is C times the weight of its class (libsvm's {@code -wi}).
 * Immutable.
 *
 * @param balanced whether a class weighs the number of all rows by the number of classes and by the number of its own
 *     rows, so that all classes count alike
 * @param given the weight of the class that has this number in y, above 0; a class that is not named weighs 1. Empty when
 *     balanced
 */
public record ClassWeights(boolean balanced, SortedMap<Double, Double> given) {

    /** Every class weighs 1. */
    public static final ClassWeights EQUAL = new ClassWeights(false, new TreeMap<>());

    /** Checks the ranges. */
    public ClassWeights {
        SortedMap<Double, Double> copy = new TreeMap<>();
        given.forEach((label, weight) -> {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException(
                        "class weight " + weight + " of label " + label + ": expected a number above 0");
            }
            copy.put(label + 0.0, weight); // no negative zero, which would be a label of its own
        });
        if (balanced && !copy.isEmpty()) {
            throw new IllegalArgumentException("class weights: expected balanced, or weights that are given, not both");
        }
        given = Collections.unmodifiableSortedMap(copy);
    }

    /** Classes weigh the less the more rows they have. */
    public static ClassWeights byBalance() {
        return new ClassWeights(true, new TreeMap<>());
    }

    /** These weights, by the numbers that classes have in y: for a machine of two classes, 1 and -1. */
    public static ClassWeights of(Map<Double, Double> given) {
        return new ClassWeights(false, new TreeMap<>(given));
    }

    /**
     * The weight of each class.
     *
     * @param labels the numbers of the classes
     * @param counts how many rows each has, above 0
     * @throws IllegalArgumentException when a class that is named is none of these
     */
    public double[] of(double[] labels, long[] counts) {
        double[] weights = new double[labels.length];
        long rows = 0;
        for (long count : counts) {
            rows += count;
        }
        int named = 0;
        for (int k = 0; k < labels.length; k++) {
            Double own = given.get(labels[k] + 0.0);
            named += own == null ? 0 : 1;
            weights[k] = balanced ? rows / ((double) labels.length * counts[k]) : own == null ? 1 : own;
        }
        if (named < given.size()) {
            throw new IllegalArgumentException("class weights are given for labels " + given.keySet()
                    + ", of which only " + named + " occur; expected labels of the rows");
        }
        return weights;
    }
}
