package dev.kiln.lstm.worker.cli;

import dev.kiln.lstm.Metrics;
import dev.kiln.lstm.worker.cli.OffloadTrial.Use;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of offloading as people read them, numbered as the tables of the paper: A. Barceló and others,
 * <i>Offloading Artificial Intelligence Workloads across the Computing Continuum by means of Active Storage Systems</i>
 * (arXiv 2512.02646). At most 120 columns.
 */
final class OffloadReport {

    /** Those of the paper's figures that are at hand: of tables 2 to 4 those with a Mac as client, in MB and seconds. */
    static final Map<String, Double> PAPER = Map.of(
            "aloneTotal", 7.02,
            "clientMemoryMean", 304.8,
            "clientTotal", 6.47,
            "serverTotal", 4.57,
            "aggregateTotal", 11.04,
            "aloneSize", 2100.0,
            "clientSize", 428.0,
            "serverSize", 7005.0);

    /** Table 5, MSE, MAE, SMAPE and RMSE. */
    private static final Map<String, String> PAPER_ACCURACY = Map.of(
            "CPU", String.format("%17s %17s %17s %17s", "7.651 +- 0.539", "2.115", "6.168", "2.764"),
            "MEM", String.format("%17s %17s %17s %17s", "0.871 +- 0.353", "0.733", "0.835", "0.914"));

    private final OffloadFigures f;
    private final PrintWriter out;

    private OffloadReport(OffloadFigures figures, PrintWriter out) {
        this.f = figures;
        this.out = out;
    }

    static void print(OffloadFigures figures, PrintWriter out) {
        new OffloadReport(figures, out).print();
        out.flush();
    }

    private void print() {
        out.println("Training an LSTM in a cluster, from outside of it, beside the paper");
        out.printf(
                Locale.ROOT,
                "%s of %s, %,d epochs, %s, engine %s, %d run%s%n",
                String.join(", ", f.targets()),
                f.file(),
                f.epochs(),
                f.protocol(),
                f.engine(),
                f.runs(),
                f.runs() == 1 ? "" : "s");
        out.println();
        out.println("Table 1: where");
        out.printf(Locale.ROOT, "%-28s %-28s %s%n", "", "paper", "kiln");
        out.printf(Locale.ROOT, "%-28s %-28s %s%n", "client", "a Mac, or an Orange Pi", f.machine());
        out.printf(
                Locale.ROOT,
                "%-28s %-28s %s%n",
                "server",
                "a PC (Ryzen), or a Mac",
                "another process on the same machine, " + f.java());
        usage();
        accuracy();
        storage();
        notes();
    }

    private void usage() {
        out.println();
        out.println("Tables 2 to 4: memory and time");
        out.printf(Locale.ROOT, "%-28s %6s %21s %35s%n", "", "", "resident memory, MB", "seconds");
        out.printf(
                Locale.ROOT,
                "%-28s %6s %10s %10s   %10s %10s %10s%n",
                "",
                "",
                "mean",
                "peak",
                "train",
                "eval",
                "total");
        row("in one process", "alone", f.alone());
        row("offloaded: the client", "client", f.client());
        row("offloaded: the server", "server", f.server());
        row("offloaded: both together", "aggregate", f.aggregate());
        Use together = f.aggregate();
        Use alone = f.alone();
        if (together != null && alone != null) {
            double more = together.total() - alone.total();
            out.println();
            out.printf(
                    Locale.ROOT,
                    "Offloading took %.2f s %s than training in one process (paper: %.2f s longer).%n",
                    Math.abs(more),
                    more < 0 ? "less" : "longer",
                    paper("aggregateTotal") - paper("aloneTotal"));
        }
        if (f.sameModels() != null) {
            out.printf(
                    Locale.ROOT,
                    "Both ways gave %s.%n",
                    f.sameModels() ? "the same loss and the same metrics, to the last bit" : "different networks");
        }
    }

    private void row(String title, String key, @Nullable Use ours) {
        out.printf(
                Locale.ROOT,
                "%-28s %6s %10s %10s   %10s %10s %10s%n",
                title,
                "paper",
                text("%.1f", PAPER.get(key + "MemoryMean")),
                "-",
                "-",
                "-",
                text("%.2f", PAPER.get(key + "Total")));
        out.printf(
                Locale.ROOT,
                "%-28s %6s %10s %10s   %10s %10s %10s%n",
                "",
                "kiln",
                text("%.1f", ours == null ? null : ours.memoryMean()),
                text("%.1f", ours == null ? null : ours.memoryPeak()),
                text("%.2f", ours == null ? null : ours.train()),
                text("%.2f", ours == null ? null : ours.eval()),
                text("%.2f", ours == null ? null : ours.total()));
    }

    private void accuracy() {
        out.println();
        out.println("Table 5: accuracy on the last fifth of the rows, mean and deviation over the runs");
        String form = "%-18s %-11s %17s %17s %17s %17s%n";
        out.printf(Locale.ROOT, form, "", "", "MSE", "MAE", "SMAPE", "RMSE");
        for (String name : f.targets()) {
            String paper = PAPER_ACCURACY.get(name);
            if (paper != null) {
                out.printf(Locale.ROOT, "%-18s %-11s %s%n", name, "paper", paper);
            }
            OffloadFigures.Accuracies a =
                    f.accuracy() == null ? null : f.accuracy().get(name);
            String title = paper == null ? name : "";
            if (a == null) {
                out.printf(Locale.ROOT, form, title, "kiln", "-", "-", "-", "-");
                continue;
            }
            out.printf(
                    Locale.ROOT,
                    form,
                    title,
                    "kiln",
                    spread(a.mse()),
                    spread(a.mae()),
                    spread(a.smape()),
                    spread(a.rmse()));
            Metrics p = a.persistence();
            if (p != null) {
                out.printf(
                        Locale.ROOT,
                        form,
                        "",
                        "persistence",
                        text("%.3f", p.mse()),
                        text("%.3f", p.mae()),
                        text("%.3f", p.smape()),
                        text("%.3f", p.rmse()));
            }
        }
    }

    private void storage() {
        out.println();
        out.println("Table 6: installed size, MB");
        String form = "%-28s %10s %10s   %12s %12s %12s%n";
        out.printf(Locale.ROOT, form, "", "paper", "kiln", "Kiln's files", "Java", "LibTorch");
        size(form, "in one process", "aloneSize", f.serverSize());
        size(form, "offloaded: the client", "clientSize", f.clientSize());
        size(form, "offloaded: the server", "serverSize", f.serverSize());
    }

    private void size(String form, String title, String paper, Installation.Size ours) {
        out.printf(
                Locale.ROOT,
                form,
                title,
                text("%,.0f", PAPER.get(paper)),
                text("%,.1f", ours.total()),
                text("%,.1f", ours.kiln()),
                text("%,.1f", ours.runtime()),
                text("%,.1f", ours.torch()));
    }

    private void notes() {
        out.println();
        out.println(
                "The paper's peak memory is the mean of what is resident, and its client's time has the training that is not");
        out.println(
                "timed. The client's time is what went by in it alone, from the start of its process; the server's is that of");
        out.println(
                "the calls. A dash in the paper's lines: that figure is not at hand. Of its three pairs of machines the one with a");
        out.println("Mac as client is shown.");
        for (String each : f.missing()) {
            out.println(each);
        }
    }

    private static double paper(String key) {
        Double value = PAPER.get(key);
        return value == null ? Double.NaN : value;
    }

    private static String spread(Spread s) {
        return String.format(Locale.ROOT, "%.3f +- %.3f", s.mean(), s.deviation());
    }

    private static String text(String form, @Nullable Double value) {
        return value == null || value.isNaN() ? "-" : String.format(Locale.ROOT, form, value);
    }
}
