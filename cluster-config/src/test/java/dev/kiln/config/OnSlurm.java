package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real Slurm on this machine for the tests of a class, and a program for them to run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnSlurm {

    Path folder = Path.of("");
    Slurm slurm;
    String program;

    /** It waits for ever, or for so many rounds of tasks on all nodes. */
    private static final String PROGRAM = """
            import dev.kiln.tasks.*;
            import java.nio.file.*;
            public class Rounds {
                @Task static int forever() throws Exception { new java.util.concurrent.Semaphore(0).acquire(); return 0; }
                @Task static int one(int x) { return x; }
                public static void main(String[] args) throws Exception {
                    try (var wf = Workflow.open()) {
                        System.out.println("nodes " + wf.nodes().size());
                        if (args.length == 0) wf.task(Rounds::forever).submit().get();
                        if (args[0].equals("fail")) System.exit(7);
                        int sum = 0;
                        do {
                            for (int i = 0; i < 8; i++) {
                                sum += wf.task(Rounds::one).on(Placement.shard(i)).submit(Arg.value(1)).get();
                            }
                        } while (args.length > 1 && !Files.exists(Path.of(args[1])));
                        System.out.println("right " + (sum > 0 && sum % 8 == 0) + " " + args[0]);
                    }
                }
            }
            """;

    @BeforeAll
    void start(@TempDir Path given) throws Exception {
        folder = given.toRealPath();
        slurm = Slurm.start(folder);
        program = Program.jar(folder, "Rounds", PROGRAM, "Rounds").toString();
    }

    /** So that a test that fails does not take the nodes from those after it. */
    @AfterEach
    void cancelWhatIsLeft() throws Exception {
        slurm.ask("scancel", "--user=" + System.getProperty("user.name"));
    }

    @AfterAll
    void stop() throws Exception {
        if (slurm != null) {
            slurm.close();
        }
    }

    static void ended(Slurm.Job job, String state, int exit) throws Exception {
        Ran status = job.end();
        assertEquals(exit, status.code(), status.toString());
        assertTrue(status.out().contains("\nstate   " + state), status.out());
    }

    /** Whether a program has printed a line into a file. */
    static boolean hasLine(Path file) {
        try {
            return Files.readString(file).contains("\n");
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where the folder of a job is, as it was told when that was submitted. */
    static Path run(Ran submitted) {
        String err = submitted.err();
        return Path.of(
                err.substring(err.indexOf(" in ") + 4).lines().findFirst().orElseThrow());
    }
}
