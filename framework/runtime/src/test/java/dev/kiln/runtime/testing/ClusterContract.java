package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What every cluster promises to programs. A subclass starts one, once for all of its tests, and gives it here; each
 * test opens a workflow of its own. Tasks and tests share files alone, so nodes may be in other JVMs of this machine.
 */
public abstract class ClusterContract extends FailureContract {

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

    /** There a task is sent behind the one that it waits for, without waiting for an answer. */
    @Test
    void a_long_chain_on_another_node_comes_to_its_result_and_its_failures_to_their_place() {
        String there = nameOf(nodes() - 1);
        Ref<Integer> count = wf.task(ContractTasks::zero).on(node(there)).submit();
        Ref<Block> block = wf.task(ContractTasks::fill).on(node(there)).submit(value(LARGE), value(0.0));
        Ref<Integer> middle = count;
        for (int i = 1; i <= 400; i++) {
            count = wf.task(ContractTasks::one).on(node(there)).submit(count);
            block = wf.update(ContractTasks::add).on(node(there)).submit(block, value(1.0));
            middle = i == 200 ? count : middle;
        }
        assertEquals(200, middle.get());
        assertEquals(400, count.get());
        assertEquals(400.0 * LARGE, wf.task(ContractTasks::sum).submit(block).get());

        Ref<Integer> failed = wf.task(ContractTasks::fail).on(node(there)).submit(value("x"));
        for (int i = 0; i < 50; i++) {
            failed = wf.task(ContractTasks::one).on(node(there)).submit(failed);
        }
        assertEquals(
                51, assertThrows(TaskFailedException.class, failed::get).chain().size());
    }

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
        // Or it begins, and writes its file, while the folder is removed.
        held.await();
    }

    @Test
    void of_ready_tasks_on_a_node_the_most_urgent_runs_first() throws Exception {
        NodeInfo one = wf.nodes().getFirst();
        Ref<Block> there = wf.task(ContractTasks::fill).on(node(one.name())).submit(value(LARGE), value(1.0));
        there.await();
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
        assertEquals(3L * one.slots(), wf.stats().running());
        // What this asks for goes the way of the tasks, behind them: they are there when it comes.
        assertEquals(LARGE, there.get().data().length);
        touch("go");
        wf.barrier();
        assertEquals("high", Files.readAllLines(Path.of(file("notes"))).getFirst());
    }

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
}
