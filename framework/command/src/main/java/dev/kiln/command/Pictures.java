package dev.kiln.command;

import java.awt.AWTError;
import java.io.IOException;
import java.nio.file.Path;

/** Writes what commands draw. */
public final class Pictures {

    private Pictures() {}

    /** Draws and writes one file. */
    @FunctionalInterface
    public interface Drawing {

        /** Does it. */
        void writeTo(String file) throws IOException;
    }

    /**
     * Has a picture written, without a screen.
     *
     * @param option that names the file
     * @throws UsageException when it cannot be written, or the machine has no fonts to draw with
     */
    public static void write(String option, Path file, Drawing drawing) {
        System.setProperty("java.awt.headless", "true");
        try {
            drawing.writeTo(file.toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UsageException(option + " " + file + ": cannot be written: " + e);
        } catch (LinkageError | AWTError | InternalError e) {
            throw new UsageException(option + " " + file + ": Java cannot draw on this machine (" + e.getMessage()
                    + "); expected fonts: install fontconfig and a font such as DejaVu");
        }
    }
}
