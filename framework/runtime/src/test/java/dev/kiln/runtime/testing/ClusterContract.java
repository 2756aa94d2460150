package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;
import static dev.kiln.tasks.Placement.node;
import static dev.kiln.tasks.Placement.shard;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.runtime.testing.ContractTasks.Halves;
import dev.kiln.runtime.testing.ContractTasks.Holder;
import dev.kiln.runtime.testing.ContractTasks.ModelException;
import dev.kiln.tasks.Arg;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every cluster promises to programs. A subclass starts one, once for all of its tests, and gives it here; each
 * test opens a workflow of its own. Tasks and tests share files alone, so nodes may be in other JVMs of this machine.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ClusterContract {

    private static final int LARGE = 1 << 20;

    /** Files that tasks and tests share. */
    @TempDir
    protected Path files;

    /** The workflow of this test. */
    protected Workflow wf;

    /** The cluster under test. */
    protected abstract WorkflowProvider cluster();

    /** How many nodes it has. */
    protected abstract int nodes();

    @BeforeEach
    void openWorkflow() {
        wf = open();
    }

    @AfterEach
    void closeWorkflow() {
        wf.close();
    }

    /** Opens another workflow. */
    protected Workflow open() {
        return new Workflow(cluster().open(ClusterContract.class.getClassLoader()));
    }

    private String file(String name) {
        return files.resolve(name).toString();
    }

    private boolean exists(String file) {
        return Files.exists(Path.of(file));
    }

    private String nameOf(int index) {
        List<NodeInfo> all = wf.nodes();
        return all.get(index % all.size()).name();
    }

    private static void assertRanOn(String node, String thread) {
        assertTrue(thread.startsWith("kiln-" + node + "-"), thread + " is no slot of " + node);
    }

    // Calls.

    @Test
    void tasks_take_zero_to_eight_arguments() {
        Arg<Integer> a = value(1);
        assertEquals(0, wf.task(ContractTasks::zero).submit().get());
        assertEquals(2, wf.task(ContractTasks::one).submit(a).get());
        assertEquals(12, wf.task(ContractTasks::two).submit(a, value(2)).get());
        assertEquals(
                123, wf.task(ContractTasks::three).submit(a, value(2), value(3)).get());
        assertEquals(
                1234,
                wf.task(ContractTasks::four)
                        .submit(a, value(2), value(3), value(4))
                        .get());
        assertEquals(
                12345,
                wf.task(ContractTasks::five)
                        .submit(a, value(2), value(3), value(4), value(5))
                        .get());
        assertEquals(
                123456,
                wf.task(ContractTasks::six)
                        .submit(a, value(2), value(3), value(4), value(5), value(6))
                        .get());
        assertEquals(
                1234567,
                wf.task(ContractTasks::seven)
                        .submit(a, value(2), value(3), value(4), value(5), value(6), value(7))
                        .get());
        assertEquals(
                12345678,
                wf.task(ContractTasks::eight)
                        .submit(a, value(2), value(3), value(4), value(5), value(6), value(7), value(8))
                        .get());
    }

    @Test
    void a_diamond_of_tasks_gives_what_the_methods_give() {
        Ref<Integer> top = wf.task(ContractTasks::one).submit(value(0));
        Ref<Integer> left = wf.task(ContractTasks::one).submit(top);
        Ref<Integer> right = wf.task(ContractTasks::two).submit(top, top);
        assertEquals(31, wf.task(ContractTasks::two).submit(left, right).get());
    }

    @Test
    void a_list_argument_keeps_its_order_and_mixes_refs_with_literals() {
        Ref<String> b = wf.task(ContractTasks::text).submit(value("b"));
        Ref<String> none = wf.task(ContractTasks::nothing).submit();
        List<Arg<String>> words = List.of(value("a"), b, none, b, value("c"));
        assertEquals(
                "a,b,null,b,c", wf.task(ContractTasks::join).submit(all(words)).get());
        assertEquals("", wf.task(ContractTasks::join).submit(all(List.of())).get());
    }

    @Test
    void null_is_a_value_like_another() {
        Ref<String> none = wf.task(ContractTasks::nothing).submit();
        assertNull(none.get());
        assertTrue(wf.task(ContractTasks::isNull).submit(none).get());
        assertTrue(wf.task(ContractTasks::isNull).submit(value(null)).get());
        assertTrue(wf.task(ContractTasks::isNull).submit(wf.put(null)).get());
        Ref<Block> part =
                wf.task(ContractTasks::noHalves).on(node(nameOf(0))).submit().part(Halves::low);
        assertNull(part.get());
        assertTrue(
                wf.task(ContractTasks::isNull).on(node(nameOf(1))).submit(part).get());
    }

    @Test
    void a_record_is_taken_apart_without_a_task() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(LARGE), value(1.0));
        Ref<Halves> halves = wf.task(ContractTasks::halve).on(node(nameOf(0))).submit(block);
        Ref<Block> high = halves.part(Halves::high);
        Ref<Integer> count = halves.part(Halves::count);
        assertEquals(
                LARGE / 2.0,
                wf.task(ContractTasks::sum).on(node(nameOf(1))).submit(high).get());
        assertEquals(LARGE, count.get());
        assertEquals(LARGE / 2, high.get().data().length);
        assertEquals(
                LARGE + 1,
                wf.task(ContractTasks::one).on(node(nameOf(1))).submit(count).get());
    }

    @Test
    void a_part_is_updated_on_a_copy() {
        Ref<Halves> halves = wf.task(ContractTasks::halve)
                .submit(wf.task(ContractTasks::fill).submit(value(8), value(1.0)));
        Ref<Block> low = halves.part(Halves::low);
        Ref<Block> lowAgain = halves.part(Halves::low);
        Ref<Block> raised = wf.update(ContractTasks::add).submit(low, value(1.0));
        assertEquals(8.0, wf.task(ContractTasks::sum).submit(raised).get());
        assertEquals(4.0, wf.task(ContractTasks::sum).submit(lowAgain).get());
        assertThrows(IllegalStateException.class, low::get);
    }

    @Test
    void parts_outlive_an_update_of_the_whole() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(LARGE), value(1.0));
        Ref<Halves> halves = wf.task(ContractTasks::halve).submit(block);
        Ref<Block> low = halves.part(Halves::low);
        halves.delete();
        assertThrows(IllegalStateException.class, halves::get);
        assertEquals(LARGE / 2.0, wf.task(ContractTasks::sum).submit(low).get());
        low.delete();
    }

    // Updates.

    @Test
    void a_chain_of_updates_changes_one_value_in_order() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(1000), value(0.0));
        Ref<Block> other = wf.task(ContractTasks::fill).submit(value(1000), value(1.0));
        double expected = 0;
        for (int i = 0; i < 50; i++) {
            block = wf.update(ContractTasks::add).submit(block, value((double) i));
            block = wf.update(ContractTasks::addBlock).submit(block, other);
            expected = (expected + i) * 0.5 + 1;
        }
        assertEquals(expected, wf.task(ContractTasks::first).submit(block).get());
        assertEquals(expected, block.get().data()[999]);
    }

    @Test
    void those_who_read_before_an_update_see_the_old_version() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(LARGE), value(1.0));
        List<Ref<Double>> before = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            before.add(wf.task(ContractTasks::sum).on(node(nameOf(i))).submit(block));
            expected.add(LARGE * (1.0 + i));
            block = wf.update(ContractTasks::add).on(node(nameOf(i + 1))).submit(block, value(1.0));
        }
        for (int i = 0; i < 10; i++) {
            assertEquals(expected.get(i), before.get(i).get());
        }
    }

    @Test
    void what_the_program_got_does_not_change_under_it() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(4), value(1.0));
        Block seen = block.get();
        Ref<Block> next = wf.update(ContractTasks::add).submit(block, value(1.0));
        assertEquals(2.0, next.get().data()[0]);
        assertEquals(1.0, seen.data()[0]);
    }

    @Test
    void a_value_that_was_put_does_not_change_under_the_program() {
        for (int length : List.of(4, LARGE)) {
            var mine = new Block(new double[length]);
            Ref<Block> next = wf.update(ContractTasks::add).submit(wf.put(mine), value(1.0));
            assertEquals(1.0, next.get().data()[0]);
            assertEquals(0.0, mine.data()[0]);
        }
    }

    @Test
    void an_update_may_read_the_value_that_it_changes() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(1000), value(1.0));
        block = wf.update(ContractTasks::addFirst).submit(block, block);
        assertEquals(2000.0, wf.task(ContractTasks::sum).submit(block).get());
    }

    @Test
    void an_update_that_is_retried_begins_from_the_old_version() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(1000), value(1.0));
        block = wf.update(ContractTasks::addOrRetry).submit(block, value(1.0), value(file("marker")));
        assertEquals(2000.0, wf.task(ContractTasks::sum).submit(block).get());
    }

    @Test
    void a_task_that_returns_its_input_gives_another_value() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(1000), value(1.0));
        Ref<Block> same = wf.task(ContractTasks::same).submit(block);
        same = wf.update(ContractTasks::add).submit(same, value(1.0));
        assertEquals(2000.0, wf.task(ContractTasks::sum).submit(same).get());
        assertEquals(1000.0, wf.task(ContractTasks::sum).submit(block).get());
    }

    @Test
    void a_ref_that_was_updated_says_by_what_and_where() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(10), value(1.0));
        wf.update(ContractTasks::add).submit(block, value(1.0));
        for (var use : List.<org.junit.jupiter.api.function.Executable>of(
                block::get,
                block::await,
                block::where,
                () -> wf.task(ContractTasks::sum).submit(block))) {
            String message = assertThrows(IllegalStateException.class, use).getMessage();
            assertTrue(
                    message.matches("this value was updated by add#\\d+ \\(ClusterContract.java:\\d+\\);"
                            + " use the ref that call returned"),
                    message);
        }
    }

    // Failures.

    @Test
    void the_users_exception_comes_back_with_its_class_fields_and_stack() {
        Ref<Integer> failed = wf.task(ContractTasks::fail).submit(value("no such model"));
        var thrown = assertThrows(TaskFailedException.class, failed::get);
        var cause = assertInstanceOf(ModelException.class, thrown.getCause());
        assertEquals("no such model", cause.getMessage());
        assertEquals(42, cause.code());
        assertEquals("fail", cause.getStackTrace()[0].getMethodName());
        assertTrue(thrown.getMessage().contains("fail#"), thrown.getMessage());
        assertTrue(failed.isDone());
        assertThrows(TaskFailedException.class, failed::await);
    }

    @Test
    void an_exception_that_cannot_travel_is_stood_in_for() {
        for (boolean readable : List.of(true, false)) {
            for (NodeInfo each : wf.nodes()) {
                Ref<Integer> failed =
                        wf.task(ContractTasks::failStuck).on(node(each.name())).submit(value(readable));
                Throwable cause =
                        assertThrows(TaskFailedException.class, failed::get).getCause();
                assertEquals("held up", cause.getMessage());
                String type = readable ? "StuckException" : "UnreadableException";
                assertTrue(cause.toString().endsWith(type + ": held up"), cause.toString());
                assertEquals("failStuck", cause.getStackTrace()[0].getMethodName());
                assertEquals("the cause", cause.getCause().getMessage());
            }
        }
    }

    @Test
    void what_depends_on_a_failed_task_never_runs_and_tells_the_chain() {
        Ref<Integer> failed = wf.task(ContractTasks::fail).named("broken").submit(value("broken in the middle"));
        Ref<Integer> next = wf.task(ContractTasks::one).submit(failed);
        Ref<Integer> last = wf.task(ContractTasks::after).submit(next, value(file("ran")));
        var thrown = assertThrows(TaskFailedException.class, last::get);
        assertEquals(3, thrown.chain().size(), thrown.getMessage());
        assertTrue(thrown.chain().getFirst().startsWith("after#"), thrown.getMessage());
        assertTrue(thrown.chain().getLast().startsWith("broken#"), thrown.getMessage());
        assertInstanceOf(ModelException.class, thrown.getCause());
        assertFalse(exists(file("ran")));
        assertThrows(TaskFailedException.class, wf.task(ContractTasks::one).submit(failed)::get);
    }

    @Test
    void errors_of_the_machine_fail_the_task_and_not_the_node() {
        for (String kind : List.of("stack", "class", "memory", "text")) {
            for (NodeInfo each : wf.nodes()) {
                Ref<Integer> failed =
                        wf.task(ContractTasks::failAs).on(node(each.name())).submit(value(kind));
                var thrown = assertThrows(TaskFailedException.class, failed::get);
                assertFalse(thrown.getMessage().contains("\n"), thrown.getMessage());
                Ref<Integer> next =
                        wf.task(ContractTasks::one).on(node(each.name())).submit(value(0));
                assertEquals(1, next.get());
            }
        }
    }

    @Test
    void a_task_that_throws_is_tried_again_as_often_as_said() {
        Ref<Integer> third = wf.task(ContractTasks::flaky).retries(2).submit(value(file("third")), value(3));
        assertEquals(3, third.get());
        Ref<Integer> never = wf.task(ContractTasks::flaky).retries(1).submit(value(file("never")), value(3));
        assertEquals(
                "call 2",
                assertThrows(TaskFailedException.class, never::get).getCause().getMessage());
        assertEquals(3, wf.stats().repeated());
    }

    @Test
    void an_argument_that_cannot_travel_is_refused_where_it_is_given() {
        var holder = new Holder("x", new Holder("y", Thread.currentThread()));
        var refused = assertThrows(
                IllegalArgumentException.class,
                () -> wf.task(ContractTasks::isNull).submit(value(holder)));
        assertTrue(refused.getMessage().contains("held"), refused.getMessage());
        assertTrue(refused.getMessage().contains("argument 1 of isNull"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> wf.put(holder));
    }

    // Placement.

    @Test
    void a_task_runs_on_the_node_that_it_names() {
        assertEquals(nodes(), wf.nodes().size());
        for (NodeInfo each : wf.nodes()) {
            assertRanOn(
                    each.name(),
                    wf.task(ContractTasks::thread)
                            .on(node(each.name()))
                            .submit()
                            .get());
        }
    }

    @Test
    void a_task_on_a_node_that_does_not_exist_fails_and_says_so() {
        Ref<String> nowhere =
                wf.task(ContractTasks::thread).on(node("atlantis")).submit();
        var thrown = assertThrows(TaskFailedException.class, nowhere::get);
        assertTrue(thrown.getMessage().contains("atlantis"), thrown.getMessage());
    }

    @Test
    void a_task_near_a_value_runs_where_that_is() {
        for (int i = 0; i < nodes(); i++) {
            Ref<Block> block = wf.task(ContractTasks::fill).on(node(nameOf(i))).submit(value(LARGE), value(1.0));
            block.await();
            assertRanOn(
                    nameOf(i),
                    wf.task(ContractTasks::thread).on(near(block)).submit().get());
            assertRanOn(
                    nameOf(i),
                    wf.task(ContractTasks::threadReading).submit(block).get());
            assertEquals(List.of(nameOf(i)), block.where());
        }
    }

    @Test
    void shards_spread_over_the_nodes_and_stay() {
        Set<String> homes = new HashSet<>();
        List<Ref<Block>> blocks = new ArrayList<>();
        for (int i = 0; i < nodes(); i++) {
            Ref<Block> block = wf.task(ContractTasks::fill).on(shard(i)).submit(value(1000), value((double) i));
            block.await();
            homes.addAll(block.where());
            blocks.add(block);
        }
        assertEquals(nodes(), homes.size());
        assertEquals(
                1000.0 * nodes() * (nodes() - 1) / 2,
                wf.task(ContractTasks::sumOf).submit(all(blocks)).get());
        for (Ref<Block> block : blocks) {
            assertEquals(1000, block.get().data().length);
        }
    }

    @Test
    void a_large_value_made_on_one_node_is_read_and_updated_on_another() {
        Ref<Block> block = wf.task(ContractTasks::fill).on(node(nameOf(0))).submit(value(LARGE), value(1.0));
        Ref<Double> there = wf.task(ContractTasks::sum).on(node(nameOf(1))).submit(block);
        Ref<Double> again = wf.task(ContractTasks::sum).on(node(nameOf(1))).submit(block);
        block = wf.update(ContractTasks::add).on(node(nameOf(1))).submit(block, value(1.0));
        assertEquals(LARGE, there.get());
        assertEquals(LARGE, again.get());
        assertEquals(
                2.0 * LARGE,
                wf.task(ContractTasks::sum).on(node(nameOf(0))).submit(block).get());
        long moved = wf.stats().bytesMoved();
        if (nodes() == 1) {
            assertEquals(0, moved);
        } else {
            assertTrue(moved >= 8L * LARGE && moved <= 4 * 8L * LARGE + 100_000, "moved " + moved);
        }
    }

    // Values of the program.

    @Test
    void values_that_were_put_are_read_by_many_tasks() {
        Ref<Integer> small = wf.put(20);
        Ref<Block> large = wf.put(new Block(new double[LARGE]));
        Ref<Block> placed = wf.put(new Block(new double[LARGE]), node(nameOf(1)));
        List<Ref<Double>> sums = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sums.add(wf.task(ContractTasks::sum).on(node(nameOf(i))).submit(large));
            sums.add(wf.task(ContractTasks::sum).submit(placed));
        }
        assertEquals(21, wf.task(ContractTasks::one).submit(small).get());
        for (Ref<Double> sum : sums) {
            assertEquals(0.0, sum.get());
        }
        assertEquals(20, small.get());
        assertTrue(small.isDone());
        assertEquals(LARGE, large.get().data().length);
    }

    @Test
    void a_deleted_value_is_read_by_earlier_tasks_and_by_nobody_after() {
        Ref<Block> block = wf.task(ContractTasks::fill).submit(value(1000), value(1.0));
        Ref<Double> sum = wf.task(ContractTasks::sum).submit(block);
        block.delete();
        block.delete();
        assertEquals(1000.0, sum.get());
        assertTrue(assertThrows(IllegalStateException.class, block::get)
                .getMessage()
                .contains("deleted"));
        assertThrows(
                IllegalStateException.class, () -> wf.task(ContractTasks::sum).submit(block));
    }

    @Test
    void a_ref_of_another_workflow_is_refused() {
        try (Workflow other = open()) {
            Ref<Integer> foreign = other.task(ContractTasks::zero).submit();
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> wf.task(ContractTasks::one).submit(foreign));
            assertTrue(refused.getMessage().contains("another workflow"), refused.getMessage());
        }
    }

    @Test
    void two_workflows_at_once_do_not_disturb_each_other() {
        try (Workflow other = open()) {
            Ref<Integer> mine = wf.task(ContractTasks::zero).submit();
            Ref<Integer> theirs = other.task(ContractTasks::zero).submit();
            for (int i = 0; i < 100; i++) {
                mine = wf.task(ContractTasks::one).submit(mine);
                theirs = other.task(ContractTasks::two).submit(value(0), theirs);
            }
            assertEquals(100, mine.get());
            assertEquals(0, theirs.get());
            other.close();
            assertEquals(101, wf.task(ContractTasks::one).submit(mine).get());
        }
    }

    // Waiting.

    @Test
    void await_any_returns_those_that_are_done_or_failed() {
        Ref<String> held = wf.task(ContractTasks::hold).submit(value(file("began")), value(file("go")));
        Ref<Integer> failed = wf.task(ContractTasks::fail).on(node(nameOf(1))).submit(value("x"));
        if (nodes() > 1) {
            assertEquals(
                    List.of(failed),
                    wf.awaitAny(
                            List.<Ref<?>>of(held, failed).stream()
                                    .map(ref -> (Ref<Object>) (Ref<?>) ref)
                                    .toList(),
                            1));
            assertFalse(held.isDone());
        }
        touch("go");
        assertEquals(1, wf.awaitAny(List.of(held), 1).size());
        assertEquals(0, wf.awaitAny(List.<Ref<String>>of(), 0).size());
        assertThrows(IllegalArgumentException.class, () -> wf.awaitAny(List.of(held), 2));
    }

    @Test
    void a_barrier_waits_for_all_and_throws_the_first_failure() {
        List<Ref<Integer>> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(wf.task(ContractTasks::one).submit(value(i)));
        }
        wf.barrier();
        assertTrue(many.stream().allMatch(Ref::isDone));
        wf.task(ContractTasks::fail).submit(value("first"));
        wf.task(ContractTasks::fail).submit(value("second"));
        var thrown = assertThrows(TaskFailedException.class, wf::barrier);
        assertEquals("first", thrown.getCause().getMessage());
    }

    @Test
    void a_get_gives_up_after_its_time() throws Exception {
        Ref<String> held = wf.task(ContractTasks::hold).submit(value(file("began")), value(file("go")));
        var late = assertThrows(TimeoutException.class, () -> held.get(Duration.ofMillis(20)));
        assertTrue(late.getMessage().contains("hold#"), late.getMessage());
        assertFalse(held.isDone());
        touch("go");
        assertTrue(held.get(Duration.ofMinutes(1)).startsWith("kiln-"));
    }

    @Test
    void an_interrupted_wait_says_so_and_keeps_the_flag() throws Exception {
        Ref<String> held = wf.task(ContractTasks::hold).submit(value(file("began")), value(file("go")));
        var outcome = new AtomicReference<String>();
        Thread waiter = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            try {
                held.get();
            } catch (IllegalStateException e) {
                outcome.set(e.getMessage() + " " + Thread.currentThread().isInterrupted());
            }
        });
        waiter.join();
        assertEquals("interrupted while waiting for " + held + " true", outcome.get());
        touch("go");
    }

    @Test
    void of_ready_tasks_on_a_node_the_most_urgent_runs_first() throws Exception {
        NodeInfo one = wf.nodes().getFirst();
        for (int i = 0; i < one.slots(); i++) {
            wf.task(ContractTasks::hold).on(node(one.name())).submit(value(file("began" + i)), value(file("go")));
        }
        for (int i = 0; i < one.slots(); i++) {
            String began = file("began" + i);
            Eventually.until(() -> exists(began));
        }
        for (String word : List.of("low", "high")) {
            for (int i = 0; i < one.slots(); i++) {
                wf.task(ContractTasks::note)
                        .on(node(one.name()))
                        .priority(word.equals("high") ? 5 : 0)
                        .submit(value(file("notes")), value(word));
            }
        }
        touch("go");
        wf.barrier();
        assertEquals("high", Files.readAllLines(Path.of(file("notes"))).getFirst());
    }

    // Many.

    @Test
    void twenty_thousand_tasks_are_all_done() {
        List<Ref<Integer>> many = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            many.add(wf.task(ContractTasks::one).submit(value(i)));
        }
        long sum = 0;
        for (Ref<Integer> each : many) {
            sum += each.get();
        }
        assertEquals(20_000L * 20_001 / 2, sum);
        var stats = wf.stats();
        assertEquals(20_000, stats.submitted());
        assertEquals(20_000, stats.done());
        assertEquals(0, stats.failed());
        assertEquals(0, stats.running());
        assertEquals(0, stats.repeated());
    }

    @Test
    void a_chain_of_two_thousand_tasks_ends() {
        Ref<Integer> end = wf.task(ContractTasks::zero).submit();
        for (int i = 0; i < 2_000; i++) {
            end = wf.task(ContractTasks::one).submit(end);
        }
        assertEquals(2_000, end.get());
    }

    @Test
    void many_threads_submit_at_once() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Ref<Integer>> ends = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                Ref<Integer> end = wf.task(ContractTasks::zero).submit();
                for (int i = 0; i < 500; i++) {
                    end = wf.task(ContractTasks::one).submit(end);
                }
                ends.add(end);
            }));
        }
        for (Thread each : threads) {
            each.join();
        }
        for (Ref<Integer> end : ends) {
            assertEquals(500, end.get());
        }
        assertEquals(4, ends.size());
    }

    @Test
    void a_random_graph_gives_the_same_bits_as_one_thread() {
        for (long seed = 1; seed <= 5; seed++) {
            var graph = new RandomGraph(seed, 120);
            assertEquals(graph.expected(), graph.run(wf), "seed " + seed);
        }
    }

    // The end.

    @Test
    void closing_interrupts_what_runs_and_wakes_who_waits() throws Exception {
        Ref<Integer> hung = wf.task(ContractTasks::hang).submit(value(file("began")), value(file("interrupted")));
        Ref<Integer> never = wf.task(ContractTasks::one).submit(hung);
        var outcome = new AtomicReference<String>();
        Thread waiter = Thread.ofPlatform().start(() -> {
            try {
                never.get();
            } catch (IllegalStateException e) {
                outcome.set(e.getMessage());
            }
        });
        Eventually.until(() -> exists(file("began")));
        wf.close();
        wf.close();
        waiter.join(TimeUnit.SECONDS.toMillis(60));
        assertEquals("the workflow is closed", outcome.get());
        Eventually.until(() -> exists(file("interrupted")));
        assertThrows(IllegalStateException.class, never::get);
        assertThrows(
                IllegalStateException.class, () -> wf.task(ContractTasks::zero).submit());
        assertEquals(2, wf.stats().submitted());
        try (Workflow other = open()) {
            assertEquals(0, other.task(ContractTasks::zero).submit().get());
        }
    }

    private void touch(String name) {
        try {
            Files.writeString(Path.of(file(name)), "");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
