package dev.kiln.benchmarks;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kiln bench plot}: draws what {@code kiln bench tasks --csv} and rivals in the same form have written. */
@Command(
        name = "plot",
        description = "Draws figures of kiln bench tasks --csv, and of rivals in the same form, as a PNG file.",
        footer = {"", "Example:", "  kiln bench tasks --csv > tasks.csv && kiln bench plot tasks.csv --out tasks.png"})
final class PlotCommand implements Callable<Integer> {

    private static final String HEAD = "engine,bench,n,seconds";

    @Parameters(paramLabel = "FILE.csv", description = "Rows of " + HEAD + ".")
    private Path file = Path.of("");

    @Option(names = "--out", paramLabel = "FILE.png", required = true, description = "Where to draw.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        List<TaskPlot.Row> rows = new ArrayList<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw new UsageException(file + ": no such file");
        } catch (IOException e) {
            throw new UsageException(file + ": cannot be read as text: " + e.getMessage());
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.equals(HEAD)) {
                rows.add(row(line, i + 1));
            }
        }
        if (rows.isEmpty()) {
            throw new UsageException(file + " has no rows: expected what kiln bench tasks --csv prints");
        }
        TaskPlot.write(out, rows);
        return 0;
    }

    private TaskPlot.Row row(String line, int number) {
        String[] fields = line.split(",", -1);
        try {
            if (fields.length == 4) {
                long n = Long.parseLong(fields[2]);
                double seconds = Double.parseDouble(fields[3]);
                if (n > 0 && seconds > 0 && Double.isFinite(seconds)) {
                    return new TaskPlot.Row(fields[0], fields[1], n, seconds * 1e6 / n);
                }
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException(file + ", line " + number + ": expected " + HEAD
                + ", with n and seconds above 0, found " + (line.length() > 60 ? line.substring(0, 60) + "..." : line));
    }
}
