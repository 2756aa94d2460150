package dev.kiln.engine.samples;

import java.nio.file.Files;
import java.nio.file.Path;

public final class ReadsFiles {
    boolean there() {
        return Files.exists(Path.of("x"));
    }
}
