package dev.kiln.benchmarks;

import dev.kiln.command.Pictures;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/** Draws microseconds a task, on a scale of powers of ten, for each bench and engine. */
final class TaskPlot {

    /**
     * One figure.
     *
     * @param n how many tasks
     * @param micros of one
     */
    record Row(String engine, String bench, long n, double micros) {}

    private TaskPlot() {}

    /**
     * Writes the file.
     *
     * @param rows one or more
     * @throws dev.kiln.command.UsageException when it cannot be written, or the machine has no fonts to draw with
     */
    static void write(Path file, List<Row> rows) {
        Pictures.write(
                "--out", file, name -> BitmapEncoder.saveBitmap(chart(rows), name, BitmapEncoder.BitmapFormat.PNG));
    }

    private static CategoryChart chart(List<Row> rows) {
        Map<String, Map<String, Double>> engines = new LinkedHashMap<>();
        Set<String> benches = new LinkedHashSet<>();
        for (Row row : rows) {
            // Rivals may have run another number of tasks; only an engine's own sizes are told apart.
            boolean several = rows.stream()
                    .anyMatch(r -> r.engine.equals(row.engine) && r.bench.equals(row.bench) && r.n != row.n);
            String label = several ? row.bench + " " + compact(row.n) : row.bench;
            benches.add(label);
            engines.computeIfAbsent(row.engine, engine -> new HashMap<>()).put(label, row.micros);
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(1100)
                .height(500)
                .title("Microseconds a task")
                .build();
        chart.getStyler()
                .setYAxisLogarithmic(true)
                .setXAxisLabelRotation(30)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setChartTitleBoxVisible(false)
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setAvailableSpaceFill(0.8);
        double least = rows.stream().mapToDouble(Row::micros).min().orElseThrow();
        // Bars stand on the power of ten below all of them; what was not measured is a bar of no height.
        double floor = Math.pow(10, Math.ceil(Math.log10(least)) - 1);
        chart.getStyler().setYAxisMin(floor);
        List<String> labels = List.copyOf(benches);
        engines.forEach((engine, micros) -> {
            List<Double> heights = new ArrayList<>();
            labels.forEach(label -> heights.add(micros.getOrDefault(label, floor)));
            chart.addSeries(engine, labels, heights);
        });
        return chart;
    }

    private static String compact(long n) {
        if (n % 1_000_000 == 0) {
            return n / 1_000_000 + "M";
        }
        return n % 1_000 == 0 ? n / 1_000 + "k" : Long.toString(n);
    }
}
