package dev.kiln.lstm.worker;

import dev.kiln.lstm.Series;

/**
 * Brings each variable to [0, 1] over the series that it was fitted to; a variable that never changes becomes 0.
 *
 * @param minima one a variable
 * @param maxima one a variable
 */
record Scaling(double[] minima, double[] maxima) {

    static Scaling fit(Series series) {
        double[] minima = new double[series.variables()];
        double[] maxima = new double[series.variables()];
        for (int v = 0; v < minima.length; v++) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (double x : series.columns()[v]) {
                min = Math.min(min, x);
                max = Math.max(max, x);
            }
            minima[v] = min;
            maxima[v] = max;
        }
        return new Scaling(minima, maxima);
    }

    /** The least and greatest of several. */
    Scaling and(Scaling other) {
        double[] min = minima.clone();
        double[] max = maxima.clone();
        for (int v = 0; v < min.length; v++) {
            min[v] = Math.min(min[v], other.minima[v]);
            max[v] = Math.max(max[v], other.maxima[v]);
        }
        return new Scaling(min, max);
    }

    /** The series as rows of scaled values: {@code [row][variable]}. */
    float[][] apply(Series series) {
        float[][] rows = new float[series.rows()][series.variables()];
        for (int v = 0; v < minima.length; v++) {
            // As sklearn's MinMaxScaler: one factor and one shift.
            double factor = 1 / width(v);
            double shift = -minima[v] * factor;
            double[] column = series.columns()[v];
            for (int i = 0; i < rows.length; i++) {
                rows[i][v] = (float) (column[i] * factor + shift);
            }
        }
        return rows;
    }

    /** A scaled value in the variable's own units. */
    double undo(int variable, float scaled) {
        double factor = 1 / width(variable);
        return (scaled - -minima[variable] * factor) / factor;
    }

    private double width(int v) {
        double width = maxima[v] - minima[v];
        return width == 0 ? 1 : width;
    }
}
