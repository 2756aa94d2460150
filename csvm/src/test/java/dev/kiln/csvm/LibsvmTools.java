package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        List<String> lines = new ArrayList<>();
        for (double[] row : rows) {
            var line = new StringBuilder("0");
            for (int f = 0; f < row.length; f++) {
                line.append(' ').append(f + 1).append(':').append(row[f]);
            }
            lines.add(line.toString());
        }
        Path file = Files.write(folder.resolve("rows"), lines);
        if (scale) {
            Path scaled = folder.resolve("scaled");
            run(scaled, "svm-scale", "-r", model + ".scale", file.toString());
            file = scaled;
        }
        Path out = folder.resolve("out");
        run(folder.resolve("log"), "svm-predict", file.toString(), model.toString(), out.toString());
        return Files.readAllLines(out).stream().mapToInt(Integer::parseInt).toArray();
    }

    private static void run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, process.waitFor(), String.join(" ", command));
    }
}
