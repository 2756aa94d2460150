package dev.kiln.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TailTest {

    @TempDir
    private Path folder;

    @Test
    void a_line_is_passed_on_once_and_when_it_is_whole() throws IOException {
        Path file = folder.resolve("out");
        List<String> lines = new ArrayList<>();
        var tail = new Tail(file, lines::add);
        tail.read(false);
        Files.writeString(file, "one\ntw");
        tail.read(false);
        assertEquals(List.of("one"), lines);
        Files.writeString(file, "ö\nthree", StandardOpenOption.APPEND);
        tail.read(false);
        tail.read(true);
        tail.read(true);
        assertEquals(List.of("one", "twö", "three"), lines);
    }
}
