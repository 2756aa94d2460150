package dev.kiln.csvm.cli;

import dev.kiln.command.Pictures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws seconds over processors, and the line of ideal weak scaling, as a PNG file. */
final class ScalingPlot {

    private ScalingPlot() {}

    /**
     * Writes the file.
     *
     * @param points one or more
     * @throws dev.kiln.command.UsageException when it cannot be written, or the machine has no fonts to draw with
     */
    static void write(Path file, String title, List<WeakScalingPoint> points) {
        Pictures.write(
                "--plot",
                file,
                name -> BitmapEncoder.saveBitmap(chart(title, points), name, BitmapEncoder.BitmapFormat.PNG));
    }

    private static XYChart chart(String title, List<WeakScalingPoint> points) {
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(500)
                .title(title)
                .xAxisTitle("processors")
                .yAxisTitle("seconds")
                .build();
        double[] processors =
                points.stream().mapToDouble(WeakScalingPoint::processors).toArray();
        double[] seconds =
                points.stream().mapToDouble(WeakScalingPoint::seconds).toArray();
        double[] ideal = new double[seconds.length];
        double most = 0;
        for (int i = 0; i < ideal.length; i++) {
            ideal[i] = seconds[0];
            most = Math.max(most, seconds[i]);
        }
        chart.getStyler()
                .setLegendPosition(Styler.LegendPosition.InsideSE)
                .setMarkerSize(8)
                .setChartTitleBoxVisible(false);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(most * 1.1);
        chart.addSeries("measured", processors, seconds).setMarker(SeriesMarkers.CIRCLE);
        chart.addSeries("ideal", processors, ideal)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Color.GRAY)
                .setLineStyle(
                        new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
        chart.setCustomXAxisTickLabelsFormatter(
                value -> value == Math.rint(value) ? Long.toString(Math.round(value)) : "");
        return chart;
    }
}
