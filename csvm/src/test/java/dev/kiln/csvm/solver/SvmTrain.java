package dev.kiln.csvm.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Debian's svm-train, which .ci/install-libsvm installs, on the same rows. */
public final class SvmTrain {

    /** What it printed: the objective, to be minimised, and the threshold. */
    public record Result(double objective, double rho, int supportVectors) {}

    private static final Pattern FOUND =
            Pattern.compile("obj = (\\S+), rho = (\\S+)\\s+nSV = (\\d+)", Pattern.MULTILINE);

    private SvmTrain() {}

    /** Skips the test where the program is not installed. */
    public static Result run(Path folder, double[] targets, Points points, String... options)
            throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            var line = new StringBuilder().append(targets[i]);
            float[] row = points.point(i);
            for (int f = 0; f < row.length; f++) {
                if (row[f] != 0) {
                    line.append(' ').append(f + 1).append(':').append(row[f]);
                }
            }
            lines.add(line.toString());
        }
        Path file = Files.write(folder.resolve("train"), lines);
        List<String> command = new ArrayList<>(List.of("svm-train", "-e", "0.000001"));
        command.addAll(List.of(options));
        command.addAll(List.of(file.toString(), folder.resolve("model").toString()));
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), String.join(" ", command));
        Matcher found = FOUND.matcher(output);
        assertEquals(true, found.find(), output);
        return new Result(
                Double.parseDouble(found.group(1)),
                Double.parseDouble(found.group(2)),
                Integer.parseInt(found.group(3)));
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException notInstalled) {
            String message = "svm-train is not installed, so the solver is NOT compared with LIBSVM;"
                    + " run .ci/install-libsvm";
            System.err.println("SKIPPED: " + message);
            return Assumptions.abort(message);
        }
    }
}
