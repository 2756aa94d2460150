package dev.kiln.slurm;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a file that grows, line by line, on from where it was. Not thread-safe. */
public final class Tail {

    private static final int MOST = 1 << 20;

    private final Path file;
    private final Consumer<String> lines;
    private long read;

    /** Of a file, which need not be there yet; each whole line goes to {@code lines}. */
    public Tail(Path file, Consumer<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Reads what is new.
     *
     * @param last whether a line that has no end yet is one too
     */
    public void read(boolean last) {
        try (var source = new RandomAccessFile(file.toFile(), "r")) {
            boolean more = true;
            while (more) {
                source.seek(read);
                byte[] bytes = new byte[(int) Math.min(MOST, Math.max(0, source.length() - read))];
                source.readFully(bytes);
                int end = bytes.length;
                while (end > 0 && bytes[end - 1] != '\n') {
                    end--;
                }
                boolean endsHere = last && read + bytes.length == source.length();
                if (endsHere || (end == 0 && bytes.length == MOST)) {
                    end = bytes.length;
                }
                new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(lines);
                read += end;
                more = end > 0 && bytes.length == MOST;
            }
        } catch (IOException notYet) {
            // It is read when it is there.
        }
    }
}
