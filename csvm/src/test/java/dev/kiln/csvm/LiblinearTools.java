package dev.kiln.csvm;

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

/** Debian's liblinear-tools, which .ci/install-libsvm installs. */
final class LiblinearTools {

    private static final Pattern OBJECTIVE = Pattern.compile("Objective value = (\\S+)");

    private LiblinearTools() {}

    /** The dual objective that it finds with these options; skips the test where it is not installed. */
    static double dual(Path folder, Clouds data, String... options) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < data.x().length; i++) {
            var line = new StringBuilder().append((int) data.y()[i][0]);
            for (int f = 0; f < data.x()[i].length; f++) {
                line.append(' ').append(f + 1).append(':').append(data.x()[i][f]);
            }
            lines.add(line.toString());
        }
        Path rows = Files.write(folder.resolve("rows"), lines);
        List<String> command = new ArrayList<>(List.of("liblinear-train", "-e", "0.000001"));
        command.addAll(List.of(options));
        command.addAll(List.of(rows.toString(), folder.resolve("model").toString()));
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), String.join(" ", command));
        Matcher found = OBJECTIVE.matcher(output);
        assertEquals(true, found.find(), output);
        return -Double.parseDouble(found.group(1));
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException notInstalled) {
            String message = "liblinear-train is not installed, so linear machines are NOT compared with LIBLINEAR;"
                    + " run .ci/install-libsvm";
            System.err.println("SKIPPED: " + message);
            return Assumptions.abort(message);
        }
    }
}
