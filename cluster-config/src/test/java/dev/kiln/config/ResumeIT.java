package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs on real nodes that are killed with kill -9 and run again. */
final class ResumeIT {

    private static final int KILLED = 137;

    /** Four chains of steps, each of which notes that it is done. */
    static final String STEPS = """
            import dev.kiln.tasks.*;
            import static dev.kiln.tasks.Arg.value;
            import java.nio.file.*;
            import java.util.concurrent.*;
            public class Steps {
                @Task static void step(@InOut long[] sum, int chain, int number, String ledger, int millis) throws Exception {
                    new Semaphore(0).tryAcquire(millis, TimeUnit.MILLISECONDS);
                    sum[0] = sum[0] * 31 + number;
                    Files.writeString(Path.of(ledger), chain + "." + number + "\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                }
                @Task static long[] begin(int chain) { long[] sum = new long[2000]; sum[0] = chain; return sum; }
                public static void main(String[] args) {
                    int steps = Integer.parseInt(args[1]);
                    int millis = Integer.parseInt(args[2]);
                    try (var wf = Workflow.open()) {
                        System.out.println("begins");
                        var ends = new java.util.ArrayList<Ref<long[]>>();
                        for (int chain = 0; chain < 4; chain++) {
                            Ref<long[]> sum = wf.task(Steps::begin).submit(value(chain));
                            for (int i = 0; i < steps; i++) {
                                sum = wf.update(Steps::step).submit(sum, value(chain), value(i), value(args[0]), value(millis));
                            }
                            ends.add(sum);
                        }
                        long all = 0;
                        for (var end : ends) all = all * 31 + end.get()[0];
                        System.out.println("sum " + all);
                        System.out.println("restored " + wf.stats().restored() + " repeated " + wf.stats().repeated());
                    }
                }
            }
            """;

    private final Distribution kiln = Distribution.built();

    @TempDir
    private Path folder;

    /** What the program prints as its sum. */
    static String sum(int steps) {
        long all = 0;
        for (int chain = 0; chain < 4; chain++) {
            long sum = chain;
            for (int i = 0; i < steps; i++) {
                sum = sum * 31 + i;
            }
            all = all * 31 + sum;
        }
        return "sum " + all + "\n";
    }

    /** How many steps were done more than once. */
    static int doneAgain(Path ledger) throws IOException {
        List<String> lines = Files.readAllLines(ledger);
        return lines.size() - (int) lines.stream().distinct().count();
    }

    private static void until(BooleanSupplier condition) {
        until(5, condition);
    }

    private static void until(int minutes, BooleanSupplier condition) {
        long end = System.nanoTime() + minutes * 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "waited in vain for " + minutes + " minutes");
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    /** Kills it with signal 9; returns its exit code. */
    private static int killed(Process process) throws InterruptedException {
        process.toHandle().destroyForcibly();
        return process.waitFor();
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException notYet) {
            return new byte[0];
        }
    }

    private static int lines(Path file) {
        try {
            return Files.readAllLines(file).size();
        } catch (IOException notYet) {
            return 0;
        }
    }

    @Test
    void a_program_killed_again_and_again_ends_right_and_repeats_no_step_that_a_checkpoint_has() throws Exception {
        String jar = Program.jar(folder, "Steps", STEPS, "Steps").toString();
        Path ledger = folder.resolve("ledger");
        Path kept = folder.resolve("kept");
        List<String> first =
                new ArrayList<>(List.of("run", "--nodes", "2", "--slots", "2", "--checkpoint", kept.toString()));
        // Six seconds, of which each life gets little more than one.
        int steps = 120;
        List<String> rest = List.of("--every", "1s", jar, "--", ledger.toString(), Integer.toString(steps), "50");
        first.addAll(rest);
        int before = 0;
        for (int life = 0; life < 3; life++) {
            Process process = kiln.start(first.toArray(String[]::new));
            byte[] old = content(kept.resolve("index"));
            int enough = before + 1;
            until(() -> lines(ledger) >= enough && !java.util.Arrays.equals(old, content(kept.resolve("index"))));
            assertEquals(KILLED, killed(process));
            until(() -> {
                try {
                    kiln.leftNothingRunning();
                    return true;
                } catch (IOException | AssertionError notYet) {
                    return false;
                }
            });
            // Not before: the other node may note a step until it ends as well.
            before = lines(ledger);
        }
        List<String> last =
                new ArrayList<>(List.of("run", "--nodes", "2", "--slots", "2", "--resume", kept.toString()));
        last.addAll(rest);
        Ran ran = kiln.run(last.toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        assertEquals("", ran.err());
        assertTrue(ran.out().contains(sum(steps)), ran.out());
        assertTrue(ran.out().contains(" repeated 0\n"), ran.out());
        int restored = Integer.parseInt(ran.out().replaceAll("(?s).*restored (\\d+).*", "$1"));
        assertTrue(restored > 4 + 3, ran.out());
        assertEquals(4 + 4 * steps - restored, lines(ledger) - before, "tasks that ran in the last life");
        int again = doneAgain(ledger);
        Ran whole = kiln.run(last.toArray(String[]::new));
        assertTrue(whole.out().contains("restored " + (4 + 4 * steps) + " repeated 0"), whole.out());
        assertEquals(again, doneAgain(ledger));
        kiln.leftNothingRunning();
    }

    @Test
    void a_cascade_that_was_killed_gives_the_same_model() throws Exception {
        List<String> train = List.of(
                "csvm",
                "train",
                kiln.data("magic04.train.csv").toString(),
                "--label",
                "last",
                "--positive",
                "g",
                "--standardize",
                "--block-rows",
                "500",
                "--quiet",
                "--nodes",
                "2",
                "--slots",
                "1",
                "--model");
        assertEquals(
                0,
                kiln.run(with(train, folder.resolve("plain.model").toString())).code());
        Path kept = folder.resolve("kept");
        String model = folder.resolve("resumed.model").toString();
        String[] resumable = with(train, model, "--checkpoint", kept.toString(), "--every", "1s");
        Process process = kiln.start(resumable);
        until(() -> Files.exists(kept.resolve("index")) || !process.isAlive());
        killed(process);
        Ran ran = kiln.run(resumable);
        assertEquals(0, ran.code(), ran.err());
        assertEquals("", ran.err());
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("plain.model")), Files.readAllBytes(folder.resolve("resumed.model")));
    }

    private static String[] with(List<String> words, String... more) {
        var all = new ArrayList<>(words);
        Collections.addAll(all, more);
        return all.toArray(String[]::new);
    }

    @Test
    void changed_code_is_told_of_and_a_folder_in_use_is_refused() throws Exception {
        String jar = Program.jar(folder, "Steps", STEPS, "Steps").toString();
        Path ledger = folder.resolve("ledger");
        Path kept = folder.resolve("kept");
        String[] run = {"run", "--checkpoint", kept.toString(), jar, "--", ledger.toString(), "3", "1"};
        Ran one = kiln.run(run);
        assertEquals(0, one.code(), one.err());
        Program.jar(folder, "Steps", STEPS.replace("* 31 + number", "* 30 + number"), "Steps");
        Ran other = kiln.run(run);
        assertEquals(0, other.code(), other.err());
        assertEquals(1, other.err().lines().count(), other.err());
        assertTrue(
                other.err().startsWith("kiln: the program has changed since the checkpoint in " + kept), other.err());
        assertEquals(12, doneAgain(ledger));

        Path gate = folder.resolve("slow");
        // Another mark, or it would be taken for what the one that is refused left running.
        Process holder = Distribution.built()
                .start("run", "--checkpoint", kept.toString(), jar, "--", gate.toString(), "1000", "100");
        until(() -> lines(gate) > 0);
        kiln.refuses(List.of("is in use by process " + holder.pid()), run);
        assertEquals(KILLED, killed(holder));
    }

    @Test
    void nothing_to_resume_is_told_in_one_line() throws Exception {
        String jar = Program.jar(folder, "Steps", STEPS, "Steps").toString();
        kiln.refuses(List.of("--resume nowhere", "there is no checkpoint"), "run", "--resume", "nowhere", jar);
        kiln.refuses(List.of("--every 3", "expected a time"), "run", "--checkpoint", "kept", "--every", "3", jar);
        kiln.refuses(List.of("--every 3s", "expected --checkpoint"), "run", "--every", "3s", jar);
        String others = folder.toString(); // with the jar in it
        for (var wrong : Map.of(others, " has no checkpoint and other files", jar, " is a file")
                .entrySet()) {
            kiln.refuses(
                    List.of(wrong.getKey() + wrong.getValue()),
                    "run",
                    "--checkpoint",
                    wrong.getKey(),
                    jar,
                    "--",
                    "ledger",
                    "1",
                    "1");
        }
    }

    @Test
    void a_job_on_this_machine_goes_on_after_its_time_is_over() throws Exception {
        Path jar = Program.jar(folder, "Steps", STEPS, "Steps");
        Path ledger = folder.resolve("ledger");
        Map<String, String> environment =
                Map.of("KILN_RUNS", folder.resolve("runs").toString(), "TMPDIR", folder.toString());
        Ran ran = Ran.of(
                folder,
                environment,
                kiln.home.resolve("bin/kiln").toString(),
                "submit",
                "--backend",
                "local",
                "--nodes",
                "2",
                "--cpus-per-node",
                "2",
                "--mem-per-node",
                "900m",
                "--time",
                "0:45",
                "--checkpoint-before",
                "15s",
                "--resume",
                "20",
                jar.toString(),
                "--",
                ledger.toString(),
                "70",
                "500");
        assertEquals(0, ran.code(), ran.err());
        Path run;
        try (var runs = Files.list(folder.resolve("runs"))) {
            run = runs.filter(each -> each.getFileName().toString().startsWith("Steps-"))
                    .findFirst()
                    .orElseThrow();
        }
        until(() -> Files.exists(run.resolve("status")));
        Ran more = Ran.of(
                folder,
                environment,
                kiln.home.resolve("bin/kiln").toString(),
                "scale",
                ran.out().strip(),
                "+1");
        assertEquals("node-2 joins\n", more.out(), more.err());
        until(20, () -> Files.exists(run.resolve("result")));
        String result = Files.readString(run.resolve("result"));
        assertTrue(result.contains("exit=0"), result);
        String out = Files.readString(run.resolve("logs/rank-0.out"));
        assertTrue(out.contains(sum(70)), out);
        assertTrue(out.contains("repeated 0"), out);
        int times = Integer.parseInt(Files.readString(run.resolve("resumes")).strip());
        assertTrue(times >= 1, out);
        assertTrue(doneAgain(ledger) <= 4 * 2 * times, doneAgain(ledger) + " of " + times);
        String events = Files.readString(run.resolve("events/job"));
        assertTrue(events.contains("goes on without node-2, "), events);
        Slurm.leftNothingRunning(folder);
    }
}
