package dev.kiln.lstm.worker.cli;

import dev.kiln.command.Pictures;
import dev.kiln.lstm.Forecast;
import dev.kiln.lstm.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the end of a series and its forecast as a PNG file. */
final class ForecastPlot {

    private static final int LEAST_SEEN = 72;

    private ForecastPlot() {}

    /**
     * Writes the file.
     *
     * @throws dev.kiln.command.UsageException when it cannot be written, or the machine has no fonts to draw with
     */
    static void write(Path file, Series seen, Forecast forecast) {
        Pictures.write(
                "--plot",
                file,
                name -> BitmapEncoder.saveBitmap(chart(seen, forecast), name, BitmapEncoder.BitmapFormat.PNG));
    }

    private static XYChart chart(Series seen, Forecast forecast) {
        int steps = forecast.steps();
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(450)
                .title("Forecast of " + steps + (steps == 1 ? " step" : " steps"))
                .xAxisTitle("rows from the last one seen")
                .build();
        chart.getStyler().setXAxisTickMarkSpacingHint(80);
        chart.getStyler().setMarkerSize(4);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
        int shown = Math.min(seen.rows(), Math.max(LEAST_SEEN, 3 * steps));
        var colours = chart.getStyler().getSeriesColors();
        for (int v = 0; v < forecast.names().size(); v++) {
            String name = forecast.names().get(v);
            double[] column = seen.columns()[v];
            double[] last = Arrays.copyOfRange(column, column.length - shown, column.length);
            chart.addSeries(name, range(1 - shown, 1), last)
                    .setMarker(SeriesMarkers.NONE)
                    .setLineColor(colours[v % colours.length]);
            // From the last value seen, so that the line goes on.
            double[] next = new double[steps + 1];
            next[0] = column[column.length - 1];
            System.arraycopy(forecast.columns()[v], 0, next, 1, steps);
            chart.addSeries(name + ", forecast", range(0, steps + 1), next)
                    .setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(colours[v % colours.length])
                    .setLineColor(colours[v % colours.length])
                    .setLineStyle(
                            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
        }
        return chart;
    }

    private static double[] range(int from, int to) {
        return IntStream.range(from, to).asDoubleStream().toArray();
    }
}
