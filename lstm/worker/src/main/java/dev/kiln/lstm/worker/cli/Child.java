package dev.kiln.lstm.worker.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that a command ran to its end.
 *
 * @param seconds from its start to its end
 * @param out what it printed
 * @param memoryMean resident on the mean, in MB
 * @param memoryPeak resident at most, in MB
 */
record Child(double seconds, String out, double memoryMean, double memoryPeak) {

    /**
     * Runs it and waits.
     *
     * @param folder for what it prints
     * @throws IllegalStateException when it ends with a code other than 0; one line, with its last word
     */
    static Child run(Path folder, List<String> command) {
        try {
            File out = Files.createTempFile(folder, "out", "").toFile();
            File err = Files.createTempFile(folder, "err", "").toFile();
            long began = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(out)
                    .redirectError(err)
                    .start();
            try (var _ = new AtExit(process::destroy);
                    var memory = new MemoryWatch(process.pid())) {
                int code = process.waitFor();
                double seconds = (System.nanoTime() - began) * 1e-9;
                if (code != 0) {
                    throw new IllegalStateException(command.getFirst() + " ended with " + code + ": " + word(err));
                }
                return new Child(seconds, Files.readString(out.toPath()), memory.meanMb(), memory.peakMb());
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command.getFirst() + " cannot be run: " + e.getMessage(), e);
        }
    }

    /** What is most likely to be the reason: the first line of an exception, else the last line. */
    static String word(File err) throws IOException {
        List<String> lines = Files.readAllLines(err.toPath());
        return lines.stream()
                .filter(line -> line.startsWith("Exception in"))
                .findFirst()
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
    }
}
