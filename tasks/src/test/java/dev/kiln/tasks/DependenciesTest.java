package dev.kiln.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class DependenciesTest {

    /** Nothing of the annotations is needed when the program runs, so jspecify may be missing then. */
    @Test
    void a_program_needs_java_base_alone() throws Exception {
        Path classes = Path.of(Workflow.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var out = new StringWriter();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(out, true),
                        new PrintWriter(out, true),
                        "--multi-release=base",
                        "-verbose:package",
                        classes.toString());
        assertEquals(0, code, out.toString());
        Set<String> modules = new TreeSet<>();
        for (String line : out.toString().lines().toList()) {
            String[] words = line.strip().split("\\s+", 4); // from -> to module
            if (words[0].startsWith("dev.kiln.tasks")
                    && !words[0].equals("dev.kiln.tasks.checker")
                    && !words[2].startsWith("org.jspecify.")) {
                modules.add(words[3]);
            }
        }
        assertEquals(Set.of("java.base", classes.getFileName().toString()), modules, out.toString());
    }
}
