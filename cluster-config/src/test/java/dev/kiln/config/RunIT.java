package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' programs on the distribution. */
final class RunIT {

    private final Distribution kiln = Distribution.built();

    @TempDir
    private Path folder;

    @Test
    void what_a_program_prints_passes_through_and_its_arguments_reach_it() throws Exception {
        Path jar = Program.jar(folder, "Sum", """
                import dev.kiln.tasks.*;
                import static dev.kiln.tasks.Arg.*;
                public class Sum {
                    @Task static int add(int a, int b) { return a + b; }
                    public static void main(String[] args) {
                        try (var wf = Workflow.open()) {
                            var three = wf.task(Sum::add).submit(value(1), value(2));
                            System.out.println(wf.nodes().size() + " nodes, " + three.get() + " " + String.join("|", args));
                        }
                    }
                }
                """, "Sum");
        Ran ran = kiln.run("run", "--nodes", "2", jar.toString(), "--", "--nodes", "a b");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("2 nodes, 3 --nodes|a b\n", ran.out());
        assertEquals("", ran.err());
        kiln.leftNothingRunning();
    }

    @Test
    void a_program_that_throws_ends_in_one_line_and_code_1() throws Exception {
        Path jar = Program.jar(folder, "Throws", """
                class Throws {
                    void main() {
                        throw new IllegalStateException("the moon is full");
                    }
                }
                """, "Throws");
        Ran ran = kiln.run("run", jar.toString());
        assertEquals(1, ran.code(), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains("the moon is full"), ran.err());
        Ran verbose = kiln.run("run", "--verbose", jar.toString());
        assertTrue(verbose.err().contains("Throws.main(Throws.java:3)"), verbose.err());
        kiln.leftNothingRunning();
    }

    @Test
    void a_task_that_fails_ends_in_one_line_and_code_1() throws Exception {
        Path jar = Program.jar(folder, "Fails", """
                import dev.kiln.tasks.*;
                public class Fails {
                    @Task static int divide(int by) { return 1 / by; }
                    public static void main(String[] args) {
                        var wf = Workflow.open();
                        wf.task(Fails::divide).submit(Arg.value(0)).get();
                    }
                }
                """, "Fails");
        Ran ran = kiln.run("run", jar.toString());
        assertEquals(1, ran.code(), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains("divide#"), ran.err());
        assertTrue(ran.err().contains("/ by zero"), ran.err());
        kiln.leftNothingRunning();
    }

    @Test
    void the_exit_code_of_a_program_is_that_of_kiln() throws Exception {
        Path jar = Program.jar(
                folder, "Seven", "class Seven { public static void main(String[] a) { System.exit(7); } }", "Seven");
        Ran ran = kiln.run("run", "--nodes", "2", jar.toString());
        assertEquals(7, ran.code(), ran.err());
        assertEquals("", ran.err());
        kiln.leftNothingRunning();
    }

    @Test
    void word_count_runs_on_two_nodes() throws Exception {
        Ran ran = kiln.run("run", "--nodes", "2", Distribution.example().toString());
        assertEquals(0, ran.code(), ran.err());
        assertFalse(ran.out().isBlank());
        kiln.leftNothingRunning();
    }
}
