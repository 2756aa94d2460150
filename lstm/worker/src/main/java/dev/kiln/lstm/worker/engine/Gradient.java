package dev.kiln.lstm.worker.engine;

import java.util.List;

/**
 * The slope of the mean squared error of some windows.
 *
 * @param windows that the mean is over
 * @param loss the mean squared error itself
 * @param values one array for each of {@link NetworkShape#parameters}, in that layout
 */
public record Gradient(int windows, double loss, List<float[]> values) {

    /** The gradient over all windows of these, added up in this order. */
    public static Gradient mean(List<Gradient> parts) {
        int windows = parts.stream().mapToInt(Gradient::windows).sum();
        double loss = 0;
        List<float[]> sums =
                parts.getFirst().values().stream().map(v -> new float[v.length]).toList();
        for (Gradient part : parts) {
            double share = (double) part.windows / windows;
            loss += share * part.loss;
            for (int p = 0; p < sums.size(); p++) {
                add((float) share, part.values.get(p), sums.get(p));
            }
        }
        return new Gradient(windows, loss, sums);
    }

    private static void add(float share, float[] part, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += share * part[i];
        }
    }
}
