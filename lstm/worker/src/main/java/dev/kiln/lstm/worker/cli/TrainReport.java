package dev.kiln.lstm.worker.cli;

import dev.kiln.lstm.Metrics;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** A result of training as people read it. */
final class TrainReport {

    private TrainReport() {}

    static void print(TrainResult r, PrintWriter out) {
        out.printf(Locale.ROOT, "rows             %,d, of them %,d to train on%n", r.rows(), r.trainingRows());
        out.printf(Locale.ROOT, "network          %,d weights, engine %s%n", r.parameters(), r.engine());
        out.printf(
                Locale.ROOT,
                "epochs           %,d%s, loss %.6f%n",
                r.epochsTrained(),
                r.stoppedEarly() ? ", stopped early" : "",
                r.loss());
        out.printf(
                Locale.ROOT, "train            %.2f s, %.2f s of processors%n", r.trainSeconds(), r.trainCpuSeconds());
        Map<String, Metrics> metrics = r.metrics();
        Map<String, Metrics> persistence = r.persistence();
        if (metrics != null && persistence != null) {
            out.printf(Locale.ROOT, "evaluate         %.3f s%n", r.evalSeconds());
            out.printf(Locale.ROOT, "memory           %.0f MB at most%n%n", r.peakMemoryMb());
            int width = metrics.keySet().stream().mapToInt(String::length).max().orElse(0);
            String form = "%-" + (width + 15) + "s %10s %10s %10s %10s%n";
            out.printf(form, "test rows", "MSE", "MAE", "SMAPE", "RMSE");
            metrics.forEach((name, m) -> line(out, form, name, m));
            persistence.forEach((name, m) -> line(out, form, name + ", persistence", m));
        }
        out.flush();
    }

    private static void line(PrintWriter out, String form, String name, Metrics m) {
        out.printf(form, name, number(m.mse()), number(m.mae()), number(m.smape()), number(m.rmse()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
