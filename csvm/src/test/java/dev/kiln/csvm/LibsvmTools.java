package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** Debian's libsvm-tools, which .ci/install-libsvm installs. */
final class LibsvmTools {

    private LibsvmTools() {}

    /** Skips the test where the programs are not installed. */
    static void need() {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, "svm-predict"))) {
                return;
            }
        }
        String message =
                "svm-predict is not installed, so our models are NOT compared with LIBSVM;" + " run .ci/install-libsvm";
        System.err.println("SKIPPED: " + message);
        Assumptions.abort(message);
    }

    /** The label that svm-predict gives to each row, after svm-scale if asked for. */
    static int[] predict(Path folder, Path model, double[][] rows, boolean scale)
            throws IOException, InterruptedException {
        Path file = rows(folder, rows, null);
        if (scale) {
            Path scaled = folder.resolve("scaled");
            run(scaled, "svm-scale", "-r", model + ".scale", file.toString());
            file = scaled;
        }
        return Arrays.stream(values(folder, model, file)).mapToInt(v -> (int) v).toArray();
    }

    /** What svm-predict says of each row: a label, or a number. */
    static double[] values(Path folder, Path model, double[][] rows) throws IOException, InterruptedException {
        return values(folder, model, rows(folder, rows, null));
    }

    private static double[] values(Path folder, Path model, Path file) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        run(folder.resolve("log"), "svm-predict", file.toString(), model.toString(), out.toString());
        return Files.readAllLines(out).stream().mapToDouble(Double::parseDouble).toArray();
    }

    /** The dual objective that svm-train finds with these options. */
    static double dual(Path folder, double[][] rows, double[][] labels, String... options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("svm-train"));
        command.addAll(List.of(options));
        command.add(rows(folder, rows, labels).toString());
        command.add(folder.resolve("trained").toString());
        Path log = folder.resolve("log");
        run(log, command.toArray(String[]::new));
        for (String line : Files.readAllLines(log)) {
            if (line.startsWith("obj = ")) {
                return -Double.parseDouble(line.substring(6, line.indexOf(',')));
            }
        }
        throw new AssertionError("svm-train told no objective: " + Files.readString(log));
    }

    private static Path rows(Path folder, double[][] rows, double @Nullable [][] labels) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            var line = new StringBuilder(labels == null ? "0" : Double.toString(labels[i][0]));
            for (int f = 0; f < rows[i].length; f++) {
                line.append(' ').append(f + 1).append(':').append(rows[i][f]);
            }
            lines.add(line.toString());
        }
        return Files.write(folder.resolve("rows"), lines);
    }

    private static void run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, process.waitFor(), String.join(" ", command));
    }
}
