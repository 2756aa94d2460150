package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals in the middle of a run: it ends, and nothing of it is left, neither a process nor a file. */
final class SignalIT {

    /** So many take far longer than the ten seconds until training first says how far it is. */
    private static final int ROWS = 400_000;

    private static final long LONGEST_SECONDS = 120;

    @TempDir
    private Path folder;

    private Distribution kiln = Distribution.built();

    @BeforeEach
    void ownTemporaryFolder() throws IOException {
        kiln = kiln.in(Files.createDirectory(folder.resolve("temporary")));
    }

    private String program() throws IOException {
        return Program.jar(folder, "Waits", """
                import dev.kiln.tasks.*;
                public class Waits {
                    @Task static int forever() throws Exception { new java.util.concurrent.Semaphore(0).acquire(); return 0; }
                    public static void main(String[] args) {
                        try (var wf = Workflow.open()) {
                            var never = wf.task(Waits::forever).submit();
                            System.out.println("waiting");
                            never.get();
                        }
                    }
                }
                """, "Waits").toString();
    }

    private static BufferedReader lines(java.io.InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    private void signal(String name, Process process) throws Exception {
        Ran sent = Ran.of(folder, Map.of(), "kill", "-" + name, Long.toString(process.pid()));
        assertEquals(0, sent.code(), sent.err());
    }

    private void ends(Process process, int code) throws Exception {
        assertTrue(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS), "still running long after a signal");
        assertEquals(code, process.exitValue());
        assertEquals(List.of(), kiln.leftFiles());
        kiln.leftNothingRunning();
    }

    @Test
    void an_interrupt_stops_a_program() throws Exception {
        assumeTrue(
                Ran.of(folder, Map.of(), "env", "--default-signal=INT", "true").code() == 0, "another env");
        Process process = kiln.startHearing("run", "--nodes", "2", program());
        var out = lines(process.getInputStream());
        assertEquals("waiting", out.readLine());
        signal("INT", process);
        ends(process, 130);
        assertFalse(out.lines().iterator().hasNext());
        assertFalse(lines(process.getErrorStream()).lines().iterator().hasNext());
    }

    @Test
    void being_told_to_end_stops_a_program() throws Exception {
        Process process = kiln.start("run", "--nodes", "2", program());
        assertEquals("waiting", lines(process.getInputStream()).readLine());
        signal("TERM", process);
        ends(process, 143);
        assertFalse(lines(process.getErrorStream()).lines().iterator().hasNext());
    }

    @Test
    void training_stops_in_the_middle() throws Exception {
        Path data = folder.resolve("cloud.csv");
        try (var out = Files.newBufferedWriter(data)) {
            var random = new Random(1);
            for (int i = 0; i < ROWS; i++) {
                out.write(random.nextGaussian() + "," + random.nextGaussian() + "," + "gh".charAt(i % 2) + "\n");
            }
        }
        Process process = kiln.start(
                "csvm", "train", data.toString(), "--label", "last", "--positive", "g", "--nodes", "3", "--c", "100");
        // Every ten seconds it says how far it is.
        BufferedReader err = lines(process.getErrorStream());
        String progress = err.readLine();
        while (progress != null && !progress.contains("training")) {
            progress = err.readLine();
        }
        assertTrue(progress != null, "training ended before it said how far it is");
        signal("TERM", process);
        ends(process, 143);
    }

    @Test
    void what_a_killed_run_leaves_goes_with_the_next() throws Exception {
        for (String nodes : List.of("1", "2")) {
            Process process = kiln.start("run", "--nodes", nodes, program());
            assertEquals("waiting", lines(process.getInputStream()).readLine());
            List<ProcessHandle> children = process.descendants().toList();
            signal("KILL", process);
            assertEquals(137, process.waitFor());
            for (ProcessHandle child : children) {
                child.onExit().get(LONGEST_SECONDS, TimeUnit.SECONDS);
            }
            kiln.leftNothingRunning();
            Ran next = kiln.run("run", Distribution.example().toString());
            assertEquals(0, next.code(), next.err());
            assertEquals(List.of(), kiln.leftFiles());
        }
    }
}
