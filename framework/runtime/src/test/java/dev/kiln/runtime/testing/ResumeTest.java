package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.driver.Driver;
import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.WorkflowStats;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are killed and run again with the same checkpoint folder, on nodes that share nothing but its files. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResumeTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final int LARGE = 4096;

    /** How often each task of this class ran, by what it was given; the nodes of these clusters are in this JVM. */
    private static final Map<String, Integer> RUNS = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void nothingRan() {
        RUNS.clear();
    }

    private static void ran(String what) {
        RUNS.merge(what, 1, Integer::sum);
    }

    @Task
    public static Block make(int number) {
        ran("make " + number);
        double[] data = new double[LARGE];
        java.util.Arrays.setAll(data, i -> number + i);
        return new Block(data);
    }

    @Task
    public static void grow(@InOut Block block, int by) {
        ran("grow " + by);
        for (int i = 0; i < block.data().length; i++) {
            block.data()[i] += by;
        }
    }

    @Task
    public static double total(Block block) {
        ran("total");
        return java.util.Arrays.stream(block.data()).sum();
    }

    @Task
    public static double join(List<Double> totals) {
        ran("join");
        return totals.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Task
    public static long draw() {
        ran("draw");
        return RUNS.get("draw");
    }

    @Task
    public static int size(Set<String> words, Map<String, Integer> counts) {
        ran("size");
        return words.size() + counts.size();
    }

    @Task
    public static int fails(String unless) {
        ran("fails");
        if (!Files.exists(Path.of(unless))) {
            throw new IllegalStateException("not yet");
        }
        return 7;
    }

    private WorkflowOptions checkpoints() {
        return WorkflowOptions.usual().checkpoint(folder, NEVER);
    }

    private Driver open(FaultyCluster cluster) {
        return cluster.open(ResumeTest.class.getClassLoader(), checkpoints(), notes::add);
    }

    /** Runs a program once on a cluster of its own. */
    private WorkflowStats run(java.util.function.Consumer<Workflow> program) {
        try (var cluster = FaultyCluster.start(3, 2, 5, 0);
                var wf = new Workflow(open(cluster))) {
            program.accept(wf);
            return wf.stats();
        }
    }

    /** Runs it, has a checkpoint written, and ends as if killed. */
    private void runAndDie(java.util.function.Consumer<Workflow> program) {
        try (var cluster = FaultyCluster.start(3, 2, 6, 0)) {
            Driver driver = open(cluster);
            var wf = new Workflow(driver);
            program.accept(wf);
            wf.checkpoint();
            driver.abandon();
        }
    }

    private void runOnly(int... expected) {
        assertEquals(
                expected[0], RUNS.values().stream().mapToInt(Integer::intValue).sum(), () -> RUNS.toString());
    }

    @Test
    void random_programs_killed_at_any_point_end_right_without_repeating_what_was_done() throws Exception {
        for (long seed = 1; seed <= 12; seed++) {
            var graph = new RandomGraph(seed, 120);
            Path own = folder.resolve("run-" + seed);
            WorkflowOptions options = WorkflowOptions.usual().checkpoint(own, NEVER);
            long done = 0;
            var random = new Random(seed);
            for (int life = 0; life < 3; life++) {
                try (var cluster = FaultyCluster.start(3, 2, 10 * seed + life, 5)) {
                    Driver driver = cluster.open(ResumeTest.class.getClassLoader(), options, notes::add);
                    var wf = new Workflow(driver);
                    List<Ref<Block>> live = graph.submit(wf);
                    long enough = done + random.nextInt(40);
                    Eventually.until(() ->
                            wf.stats().done() >= Math.min(enough, wf.stats().submitted()));
                    wf.checkpoint();
                    assertTrue(wf.stats().restored() >= done, "seed " + seed);
                    assertEquals(0, wf.stats().repeated(), "seed " + seed);
                    done = enough;
                    live.getFirst().isDone();
                    driver.abandon();
                }
            }
            try (var cluster = FaultyCluster.start(2, 2, seed, 0);
                    var wf = new Workflow(cluster.open(ResumeTest.class.getClassLoader(), options, notes::add))) {
                assertEquals(graph.expected(), graph.run(wf), "seed " + seed);
                assertTrue(wf.stats().restored() >= Math.min(done, wf.stats().submitted()), "seed " + seed);
                assertEquals(0, wf.stats().repeated(), "seed " + seed);
            }
            assertEquals(List.of(), notes);
        }
    }

    @Test
    void a_program_that_ended_gets_all_its_answers_again_without_a_task() {
        double each = LARGE * (LARGE - 1) / 2.0;
        double expected = 6 * each + LARGE * (15 + 4 * 100 * 15 + 6 * 6);
        java.util.function.Consumer<Workflow> program = wf -> {
            List<Ref<Double>> totals = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Ref<Block> block = wf.task(ResumeTest::make).submit(value(i));
                for (int k = 0; k < 4; k++) {
                    block = wf.update(ResumeTest::grow).submit(block, value(100 * i + k));
                }
                totals.add(wf.task(ResumeTest::total).submit(block));
                block.delete();
            }
            double sum = wf.task(ResumeTest::join).submit(all(totals)).get();
            assertEquals(expected, sum);
        };
        run(program);
        int before = RUNS.values().stream().mapToInt(Integer::intValue).sum();
        assertEquals(6 * 6 + 1, before);
        WorkflowStats again = run(program);
        runOnly(before);
        assertEquals(again.submitted(), again.restored());
        assertEquals(0, again.repeated());
    }

    @Test
    void what_the_program_got_is_there_again_though_it_let_go_of_it() {
        java.util.function.Consumer<Workflow> program = wf -> {
            for (int i = 0; i < 5; i++) {
                Ref<Block> block = wf.task(ResumeTest::make).submit(value(i));
                assertEquals(i, block.get().data()[0]);
                block.delete();
            }
        };
        runAndDie(program);
        run(program);
        runOnly(5);
    }

    @Test
    void parts_that_the_program_got_are_there_again() {
        java.util.function.Consumer<Workflow> program = wf -> {
            Ref<Block> block = wf.task(ResumeTest::make).submit(value(1));
            Ref<ContractTasks.Halves> halves = wf.task(ContractTasks::halve).submit(block);
            Ref<Block> low = halves.part(ContractTasks.Halves::low);
            assertEquals(LARGE / 2, low.get().data().length);
            assertEquals(LARGE, halves.part(ContractTasks.Halves::count).get());
            low.delete();
            halves.delete();
        };
        runAndDie(program);
        WorkflowStats again = run(program);
        runOnly(1);
        assertEquals(2, again.restored());
        assertEquals(0, again.repeated());
    }

    @Test
    void a_value_that_nobody_needed_any_more_is_made_again_when_the_program_asks_for_it_all_the_same() {
        runAndDie(wf -> {
            Ref<Block> block = wf.task(ResumeTest::make).submit(value(1));
            wf.task(ResumeTest::total).submit(block).get();
            block.delete();
        });
        run(wf -> {
            Ref<Block> block = wf.task(ResumeTest::make).submit(value(1));
            wf.task(ResumeTest::total).submit(block).get();
            assertEquals(1, block.get().data()[0]);
        });
        assertEquals(Map.of("make 1", 2, "total", 1), RUNS);
    }

    @Test
    void the_same_call_again_is_another_task() {
        java.util.function.Consumer<Workflow> program = wf -> {
            long first = wf.task(ResumeTest::draw).submit().get();
            long second = wf.task(ResumeTest::draw).submit().get();
            assertEquals(List.of(1L, 2L), List.of(first, second));
        };
        runAndDie(program);
        run(program);
        runOnly(2);
    }

    @Test
    void other_arguments_make_another_task() {
        runAndDie(wf -> wf.task(ResumeTest::make).submit(value(1)).await());
        run(wf -> wf.task(ResumeTest::make).submit(value(2)).await());
        assertEquals(Map.of("make 1", 1, "make 2", 1), RUNS);
    }

    @Test
    void hashed_collections_are_the_same_argument_in_any_order() {
        runAndDie(wf -> wf.task(ResumeTest::size)
                .submit(value(Set.of("a", "b", "c")), value(new java.util.HashMap<>(Map.of("x", 1, "y", 2))))
                .await());
        var other = new java.util.HashMap<String, Integer>(1000);
        other.put("y", 2);
        other.put("x", 1);
        run(wf -> wf.task(ResumeTest::size)
                .submit(value(Set.of("c", "b", "a")), value(other))
                .await());
        runOnly(1);
    }

    @Test
    void a_task_that_failed_is_tried_again() throws IOException {
        Path gate = folder.resolveSibling(folder.getFileName() + "-gate");
        java.util.function.Consumer<Workflow> program = wf -> assertEquals(
                7, wf.task(ResumeTest::fails).submit(value(gate.toString())).get());
        assertThrows(TaskFailedException.class, () -> run(program));
        Files.createFile(gate);
        run(program);
        run(program);
        runOnly(2);
        Files.delete(gate);
    }

    @Test
    void a_damaged_value_is_told_of_and_made_again() throws IOException {
        java.util.function.Consumer<Workflow> half = wf -> {
            List<Ref<Block>> blocks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                blocks.add(wf.task(ResumeTest::make).submit(value(i)));
            }
            blocks.forEach(Ref::await);
            wf.checkpoint();
            java.lang.ref.Reference.reachabilityFence(blocks);
        };
        try (var cluster = FaultyCluster.start(3, 2, 6, 0)) {
            Driver driver = open(cluster);
            half.accept(new Workflow(driver));
            driver.abandon();
        }
        List<Path> files = files("values");
        assertEquals(4, files.size());
        Files.write(files.get(0), new byte[] {1, 2, 3});
        byte[] torn = Files.readAllBytes(files.get(1));
        Files.write(files.get(1), java.util.Arrays.copyOf(torn, torn.length / 2));
        byte[] flipped = Files.readAllBytes(files.get(2));
        flipped[flipped.length / 2] ^= 1;
        Files.write(files.get(2), flipped);
        run(wf -> {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                Ref<Block> block = wf.task(ResumeTest::make).submit(value(i));
                sum += wf.task(ResumeTest::total).submit(block).get()
                        + block.get().data()[0];
            }
            assertEquals(4 * (LARGE * (LARGE - 1) / 2.0) + 6.0 * LARGE + 6, sum);
        });
        assertEquals(
                4 + 3,
                RUNS.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("make"))
                        .mapToInt(Map.Entry::getValue)
                        .sum());
        assertEquals(3, notes.size(), notes::toString);
    }

    @Test
    void a_damaged_index_means_that_all_is_done_again() throws IOException {
        runAndDie(wf -> wf.task(ResumeTest::make).submit(value(1)).get());
        Path index = folder.resolve("index");
        byte[] data = Files.readAllBytes(index);
        data[20] ^= 4;
        Files.write(index, data);
        run(wf -> wf.task(ResumeTest::make).submit(value(1)).get());
        runOnly(2);
        assertEquals(1, notes.size());
        assertTrue(notes.getFirst().contains("all tasks run again"), notes.getFirst());
        run(wf -> wf.task(ResumeTest::make).submit(value(1)).get());
        runOnly(2);
    }

    @Test
    void a_damaged_list_of_what_is_done_costs_what_it_told_and_no_value() throws IOException {
        java.util.function.Consumer<Workflow> program = wf -> {
            Ref<Block> block = wf.task(ResumeTest::make).submit(value(1));
            assertTrue(wf.task(ResumeTest::total).submit(block).get() > 0);
            block.delete();
            wf.barrier();
        };
        runAndDie(program);
        Path log = files("").stream()
                .filter(file -> file.getFileName().toString().startsWith("done-"))
                .findFirst()
                .orElseThrow();
        byte[] data = Files.readAllBytes(log);
        data[data.length - 1] ^= 1;
        Files.write(log, data);
        run(program);
        assertEquals(Map.of("make 1", 2, "total", 1), RUNS);
        assertEquals(1, notes.size());
    }

    @Test
    void two_at_once_in_one_folder_are_refused() {
        try (var cluster = FaultyCluster.start(1, 1, 1, 0);
                var wf = new Workflow(open(cluster))) {
            var thrown = assertThrows(IllegalStateException.class, () -> open(cluster));
            assertTrue(
                    thrown.getMessage()
                            .contains("is in use by process "
                                    + ProcessHandle.current().pid()),
                    thrown.getMessage());
            assertEquals(1, wf.nodes().size());
        }
    }

    @Test
    void a_checkpoint_waits_for_an_update_in_place_and_survives_the_loss_of_a_node_meanwhile() {
        for (long seed = 1; seed <= 10; seed++) {
            Path own = folder.resolve("chain-" + seed);
            WorkflowOptions options = WorkflowOptions.usual().checkpoint(own, NEVER);
            int steps = 60;
            try (var cluster = FaultyCluster.start(3, 2, seed, 5)) {
                Driver driver = cluster.open(ResumeTest.class.getClassLoader(), options, notes::add);
                var wf = new Workflow(driver);
                cluster.killAfter((int) (seed % 3), (int) (4 * seed));
                List<Ref<Block>> ends = chains(wf, steps);
                wf.checkpoint();
                wf.checkpoint();
                // A checkpoint need not have what the program has lost.
                Reference.reachabilityFence(ends);
                driver.abandon();
            }
            try (var cluster = FaultyCluster.start(3, 2, seed, 0);
                    var wf = new Workflow(cluster.open(ResumeTest.class.getClassLoader(), options, notes::add))) {
                List<Ref<Block>> ends = chains(wf, steps);
                for (int i = 0; i < ends.size(); i++) {
                    assertEquals(
                            i + steps * (steps - 1) / 2.0, ends.get(i).get().data()[0], "seed " + seed);
                }
                assertEquals(0, wf.stats().repeated(), "seed " + seed);
            }
        }
        assertEquals(List.of(), notes);
    }

    private static List<Ref<Block>> chains(Workflow wf, int steps) {
        List<Ref<Block>> ends = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Ref<Block> block = wf.task(ResumeTest::make).submit(value(i));
            for (int k = 0; k < steps; k++) {
                block = wf.update(ResumeTest::grow).submit(block, value(k));
            }
            ends.add(block);
        }
        return ends;
    }

    @Test
    void old_values_go_when_the_next_checkpoint_does_without_them() throws IOException {
        try (var cluster = FaultyCluster.start(3, 2, 6, 0);
                var wf = new Workflow(open(cluster))) {
            Ref<Block> block = wf.task(ResumeTest::make).submit(value(1));
            block.await();
            wf.checkpoint();
            Set<Path> first = Set.copyOf(files("values"));
            assertEquals(1, first.size());
            block = wf.update(ResumeTest::grow).submit(block, value(1));
            block.await();
            wf.checkpoint();
            List<Path> second = files("values");
            assertEquals(1, second.size());
            assertTrue(!first.contains(second.getFirst()));
            block.delete();
            wf.checkpoint();
            assertEquals(List.of(), files("values"));
        }
    }

    @Test
    void the_folder_holds_what_is_needed_however_much_was_done() throws IOException {
        int rounds = 40;
        try (var cluster = FaultyCluster.start(3, 2, 6, 0);
                var wf = new Workflow(open(cluster))) {
            List<Ref<Block>> blocks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                blocks.add(wf.task(ResumeTest::make).submit(value(i)));
            }
            for (int round = 0; round < rounds; round++) {
                int by = round;
                blocks.replaceAll(block -> wf.update(ResumeTest::grow).submit(block, value(by)));
                wf.task(ResumeTest::total).submit(blocks.getFirst()).get();
                wf.checkpoint();
                assertTrue(files("values").size() <= blocks.size(), "round " + round);
            }
            long bytes = 0;
            for (Path file : files("")) {
                bytes += Files.size(file);
            }
            int tasks = 3 + 4 * rounds;
            assertTrue(bytes < 3 * (8 * LARGE + 100) + 16 * tasks + 100 * rounds + 1000, bytes + " bytes");
        }
    }

    @Test
    void in_this_jvm_alone_too_a_program_goes_on_where_it_was() {
        for (int life = 0; life < 2; life++) {
            try (var wf = Workflow.open(checkpoints())) {
                Ref<Block> block = wf.task(ResumeTest::make).submit(value(3));
                block = wf.update(ResumeTest::grow).submit(block, value(2));
                assertEquals(5, block.get().data()[0]);
                assertEquals(2 * life, wf.stats().restored());
            }
        }
        runOnly(2);
    }

    private List<Path> files(String under) throws IOException {
        Path where = folder.resolve(under);
        if (!Files.exists(where)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(where)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
