package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs on a cluster that runs already. */
final class RunOnClusterIT {

    private static final String SOURCE = """
            import dev.kiln.tasks.*;
            import java.nio.file.*;
            import java.util.*;
            public class Tenant {
                @Task static double[] make(int seed, int length) { return new Random(seed).doubles(length).toArray(); }
                @Task static double[] mix(double[] a, double[] b) {
                    double[] c = new double[a.length];
                    for (int i = 0; i < c.length; i++) c[i] = Math.sin(a[i]) + b[c.length - 1 - i];
                    return c;
                }
                @Task static void grow(@InOut double[] a, double by) { for (int i = 0; i < a.length; i++) a[i] *= by; }
                @Task static double sum(double[] a) { double s = 0; for (double x : a) s += x; return s; }
                @Task static int hold(String began, String go) throws Exception {
                    Files.writeString(Path.of(began), "");
                    try {
                        while (!Files.exists(Path.of(go))) Thread.sleep(2);
                        return 1;
                    } catch (InterruptedException e) {
                        Files.writeString(Path.of(began + "-interrupted"), "");
                        throw e;
                    }
                }
                @Task static int fail(int by) { return 1 / by; }
                @Task static int note(String file) throws Exception {
                    Files.writeString(Path.of(file), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    return 1;
                }
                public static void main(String[] args) throws Exception {
                    try (var wf = Workflow.open()) {
                        switch (args[0]) {
                            case "sums" -> sums(wf);
                            case "hold" -> {
                                var held = wf.task(Tenant::hold).submit(Arg.value(args[1]), Arg.value(args[2]));
                                System.out.println("held " + held.get());
                            }
                            case "fail" -> wf.task(Tenant::fail).submit(Arg.value(0)).get();
                            case "exit" -> System.exit(wf.task(Tenant::fail).submit(Arg.value(1)).get() + 6);
                            case "note" -> wf.task(Tenant::note).submit(Arg.value(args[1])).get();
                        }
                    }
                }
                static void sums(Workflow wf) {
                    List<Ref<double[]>> blocks = new ArrayList<>();
                    for (int i = 0; i < 40; i++) {
                        blocks.add(wf.task(Tenant::make).on(Placement.shard(i)).submit(Arg.value(i), Arg.value(20_000)));
                    }
                    for (int i = 0; i < 200; i++) {
                        int to = i % 40;
                        var mixed = wf.task(Tenant::mix).submit(blocks.get(to), blocks.get((i * 7 + 3) % 40));
                        blocks.set(to, wf.update(Tenant::grow).submit(mixed, Arg.value(0.75)));
                    }
                    blocks.forEach(b -> System.out.println(Double.toHexString(wf.task(Tenant::sum).submit(b).get())));
                }
            }
            """;

    private final Distribution kiln = Distribution.built();

    @TempDir
    private Path folder;

    private String jar = "";
    private String address = "";
    private long process;

    @BeforeEach
    void start() throws Exception {
        jar = Program.jar(folder, "Tenant", SOURCE, "Tenant").toString();
        Ran ran = kiln.run(
                "cluster", "start", "--nodes", "2", "--slots", "2", "--memory", "128m", "--token-file", token());
        assertEquals(0, ran.code(), ran.err());
        address = ran.out().replaceAll("(?s).* at ([0-9.:]+),.*", "$1");
        process = Long.parseLong(ran.out().replaceAll("(?s).*process (\\d+).*", "$1"));
        assertTrue(ran.out().contains("kiln run --cluster " + address + " --token-file " + token() + " APP.jar"));
    }

    @AfterEach
    void stop() throws Exception {
        if (Files.exists(Path.of(token()))) {
            assertEquals(0, kiln.run("cluster", "stop", "--token-file", token()).code());
        }
        kiln.leftNothingRunning();
    }

    private String token() {
        return folder.resolve("token").toString();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private String[] there(String... arguments) {
        return words(List.of("--cluster", address, "--token-file", token()), arguments);
    }

    private String[] words(List<String> options, String... arguments) {
        var words = new ArrayList<>(List.of("run"));
        words.addAll(options);
        words.addAll(List.of(jar, "--"));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }

    private void refused(int code, String why, String... words) throws Exception {
        Ran ran = kiln.run(words);
        assertEquals(code, ran.code(), ran.toString());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains(why), ran.err());
        assertEquals("", ran.out());
    }

    private void workflowsOpen(String count) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        String status = "";
        while (System.nanoTime() < end) {
            status = kiln.run("cluster", "status", "--token-file", token()).out();
            if (status.contains("\n" + count)) {
                return;
            }
        }
        throw new AssertionError("no \"" + count + "\" in " + status);
    }

    private static void appears(Path file, Process by) throws Exception {
        while (!Files.exists(file)) {
            assertTrue(!by.waitFor(5, TimeUnit.MILLISECONDS), () -> "ended early, without " + file);
        }
    }

    @Test
    void a_program_prints_the_same_there_as_on_a_cluster_of_its_own_and_ends_as_it_does_there() throws Exception {
        Ran alone = kiln.run(words(List.of("--nodes", "1"), "sums"));
        assertEquals(0, alone.code(), alone.err());
        Ran ran = kiln.run(there("sums"));
        assertEquals(0, ran.code(), ran.err());
        assertEquals(alone.out(), ran.out());
        assertEquals(40, ran.out().lines().count());
        assertEquals("", ran.err());
        refused(1, "/ by zero", there("fail"));
        assertEquals(7, kiln.run(there("exit")).code());
        workflowsOpen("0 workflows are open");
    }

    @Test
    void programs_share_a_cluster_and_one_that_is_killed_is_freed_while_the_other_goes_on() throws Exception {
        Process held = kiln.start(there("hold", file("held"), file("go")));
        Process killed = kiln.start(there("hold", file("killed"), file("never")));
        appears(folder.resolve("held"), held);
        appears(folder.resolve("killed"), killed);
        workflowsOpen("2 workflows are open");
        killed.destroyForcibly();
        appears(folder.resolve("killed-interrupted"), held);
        workflowsOpen("1 workflow is open");
        Ran third = kiln.run(there("sums"));
        assertEquals(0, third.code(), third.err());
        Files.writeString(folder.resolve("go"), "");
        Ran ended = Ran.end(held);
        assertEquals("held 1\n", ended.out(), ended.err());
        workflowsOpen("0 workflows are open");
    }

    @Test
    void what_cannot_be_reached_or_does_not_fit_is_one_line() throws Exception {
        refused(
                3,
                "there is no token file",
                words(List.of("--cluster", address, "--token-file", file("none")), "sums"));
        refused(
                3,
                "nobody listens at 127.0.0.1:1",
                words(List.of("--cluster", "127.0.0.1:1", "--token-file", token())));
        for (String address : List.of("nowhere", ":4711", "127.0.0.1:99999", "127.0.0.1:0")) {
            refused(2, "expected HOST:PORT", words(List.of("--cluster", address, "--token-file", token())));
        }
        refused(2, "--nodes is for a cluster of its own", words(List.of("--cluster", address, "--nodes", "2")));
        refused(2, "--slots is for a cluster of its own", words(List.of("--slots", "2", "--token-file", token())));
        Path wrong = folder.resolve("wrong");
        Files.writeString(wrong, Files.readString(Path.of(token())).replaceAll("token=....", "token=0000"));
        refused(3, "wrong token", words(List.of("--token-file", wrong.toString()), "sums"));
        Ran without = kiln.run(words(List.of("--token-file", token()), "note", file("noted")));
        assertEquals(0, without.code(), without.err());
    }

    @Test
    void commands_of_kiln_train_there_to_the_bits_that_they_train_to_alone() throws Exception {
        var points = new StringBuilder("x,y,side\n");
        var series = new StringBuilder("CPU,MEM\n");
        for (int i = 0; i < 200; i++) {
            points.append(
                    String.format(Locale.ROOT, "%.3f,%.3f,%s\n", Math.sin(i), Math.cos(3 * i), i % 3 == 0 ? "a" : "b"));
            series.append(
                    String.format(Locale.ROOT, "%.3f,%.3f\n", 50 + 20 * Math.sin(0.1 * i), 30 + Math.cos(0.3 * i)));
        }
        Files.writeString(folder.resolve("points.csv"), points);
        Files.writeString(folder.resolve("series.csv"), series);
        List<String> svm = List.of("csvm", "train", file("points.csv"), "--positive", "a", "--block-rows", "50");
        List<String> lstm = List.of("lstm", "train", file("series.csv"), "--target", "CPU,MEM", "--epochs", "3");
        for (List<String> command : List.of(svm, lstm)) {
            Ran alone = kiln.run(with(command, "--model", file("alone")));
            assertEquals(0, alone.code(), alone.err());
            Ran there =
                    kiln.run(with(command, "--model", file("there"), "--cluster", address, "--token-file", token()));
            assertEquals(0, there.code(), there.err());
            assertEquals(-1, Files.mismatch(folder.resolve("alone"), folder.resolve("there")), command.toString());
            refused(2, "--nodes is for a cluster of its own", with(command, "--nodes", "2", "--cluster", address));
        }
        Ran onNode1 = kiln.run(with(lstm, "--on", "node-1", "--token-file", token(), "--json"));
        assertEquals(0, onNode1.code(), onNode1.err());
        refused(2, "found node-0, node-1", with(lstm, "--on", "node-7", "--token-file", token(), "--quiet"));
    }

    private static String[] with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void what_was_kept_of_a_program_is_not_done_again() throws Exception {
        for (int i = 0; i < 2; i++) {
            Ran ran = kiln.run(words(
                    List.of("--checkpoint", file("kept"), "--cluster", address, "--token-file", token()),
                    "note",
                    file("notes")));
            assertEquals(0, ran.code(), ran.err());
        }
        assertEquals("x", Files.readString(folder.resolve("notes")));
    }

    @Test
    void a_lost_node_changes_nothing_and_a_stopped_cluster_is_code_3() throws Exception {
        Ran alone = kiln.run(words(List.of("--nodes", "1"), "sums"));
        ProcessHandle node = ProcessHandle.of(process)
                .orElseThrow()
                .children()
                .filter(each -> Ran.commandLine(each).contains("NodeMain"))
                .findFirst()
                .orElseThrow();
        Process sums = kiln.start(there("sums"));
        var out = new BufferedReader(new InputStreamReader(sums.getInputStream(), StandardCharsets.UTF_8));
        var lines = new ArrayList<String>();
        lines.add(out.readLine());
        assertTrue(node.destroyForcibly());
        out.lines().forEach(lines::add);
        assertEquals(0, sums.waitFor());
        assertEquals(alone.out().lines().toList(), lines);
        Process held = kiln.start(there("hold", file("held"), file("never")));
        appears(folder.resolve("held"), held);
        assertEquals(0, kiln.run("cluster", "stop", "--token-file", token()).code());
        Ran ended = Ran.end(held);
        assertEquals(3, ended.code(), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertTrue(ended.err().contains("has ended, or the connection to it broke"), ended.err());
        assertEquals("", ended.out());
    }
}
