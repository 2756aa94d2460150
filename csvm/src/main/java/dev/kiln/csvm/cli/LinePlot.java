package dev.kiln.csvm.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws one line over numbers, as an SVG file. */
final class LinePlot {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 70;
    private static final int BOTTOM = 350;
    private static final int RIGHT = 610;
    private static final int TOP = 50;

    private LinePlot() {}

    /** A point of the line. */
    record Dot(double x, double y) {}

    /** The file's text. Both axes begin at 0. */
    static String svg(String title, String xName, String yName, List<Dot> dots) {
        double widest = dots.stream().mapToDouble(Dot::x).max().orElse(1);
        double most = dots.stream().mapToDouble(Dot::y).max().orElse(1);
        double top = most > 0 ? nice(most) : 1;
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
                WIDTH,
                HEIGHT));
        text(svg, (LEFT + RIGHT) / 2.0, 25, "middle", title);
        text(svg, (LEFT + RIGHT) / 2.0, HEIGHT - 10, "middle", xName);
        text(svg, 10, TOP - 15, "start", yName);
        for (int i = 0; i <= 4; i++) {
            double y = BOTTOM - (BOTTOM - TOP) * i / 4.0;
            line(svg, LEFT, y, RIGHT, y, "#ddd");
            text(svg, LEFT - 8, y + 4, "end", String.format(Locale.ROOT, "%.3g", top * i / 4));
        }
        line(svg, LEFT, BOTTOM, RIGHT, BOTTOM, "black");
        line(svg, LEFT, TOP, LEFT, BOTTOM, "black");
        String path = dots.stream()
                .map(d -> String.format(Locale.ROOT, "%.1f,%.1f", x(d, widest), y(d, top)))
                .collect(Collectors.joining(" "));
        svg.append("<polyline fill=\"none\" stroke=\"#1f77b4\" stroke-width=\"2\" points=\"")
                .append(path)
                .append("\"/>\n");
        for (Dot d : dots) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#1f77b4\"/>%n",
                    x(d, widest),
                    y(d, top)));
            text(svg, x(d, widest), BOTTOM + 18, "middle", String.format(Locale.ROOT, "%.0f", d.x()));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double x(Dot d, double widest) {
        return LEFT + (RIGHT - LEFT) * d.x() / widest;
    }

    private static double y(Dot d, double top) {
        return BOTTOM - (BOTTOM - TOP) * d.y() / top;
    }

    /** The least of 1, 2, 4, 5, 8 and 10 times a power of ten that is not below. */
    private static double nice(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 2, 4, 5, 8}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String content) {
        String safe = content.replace("&", "&amp;").replace("<", "&lt;");
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, safe));
    }
}
