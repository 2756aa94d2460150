package dev.kiln.benchmarks;

import dev.kiln.command.Console;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Prints figures as they come: as a table, as comma-separated values, or as one JSON object a line. */
final class Figures {

    /** How they are printed. */
    enum Form {
        TABLE,
        CSV,
        JSON
    }

    private final Console console;
    private final Form form;

    Figures(Console console, Form form) {
        this.console = console;
        this.form = form;
    }

    void begin() {
        PrintWriter out = console.out();
        switch (form) {
            case TABLE ->
                out.printf(
                        "%-14s %-14s %8s %11s %10s %9s %11s %10s %6s%n",
                        "engine", "bench", "n", "seconds", "us/task", "cpu us", "alloc/task", "sent/task", "gc ms");
            case CSV -> out.println("engine,bench,n,seconds");
            case JSON -> {}
        }
        out.flush();
    }

    void add(Figure f) {
        if (Double.isNaN(f.seconds())) {
            console.err().println(f.engine() + " " + f.bench() + ": not found, as the machine is busy with other work");
            return;
        }
        PrintWriter out = console.out();
        switch (form) {
            case TABLE -> {
                out.printf(
                        Locale.ROOT,
                        "%-14s %-14s %8d %11.6f %10.2f %9s %11s %10s %6s%n",
                        f.engine(),
                        f.bench(),
                        f.tasks(),
                        f.seconds(),
                        f.micros(),
                        f.cpu() < 0 ? "" : String.format(Locale.ROOT, "%.2f", f.cpu()),
                        known(f.allocated()),
                        known(f.sent()),
                        known(f.collecting()));
            }
            case CSV -> out.printf(Locale.ROOT, "%s,%s,%d,%.9f%n", f.engine(), f.bench(), f.tasks(), f.seconds());
            case JSON -> {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("engine", f.engine());
                line.put("bench", f.bench());
                line.put("n", f.tasks());
                line.put("seconds", f.seconds());
                line.put("microsPerTask", f.micros());
                if (f.allocated() >= 0) {
                    line.put("cpuMicrosPerTask", f.cpu());
                    line.put("bytesAllocatedPerTask", f.allocated());
                    line.put("bytesSentPerTask", f.sent());
                    line.put("collectingMillis", f.collecting());
                }
                console.json(line);
            }
        }
        out.flush();
    }

    private static String known(double figure) {
        return figure < 0 ? "" : String.format(Locale.ROOT, "%.0f", figure);
    }
}
