package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;
import static dev.kiln.tasks.Placement.node;
import static dev.kiln.tasks.Placement.shard;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.runtime.testing.ContractTasks.Holder;
import dev.kiln.runtime.testing.ContractTasks.ModelException;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is promised when tasks fail, and of where tasks run. */
abstract class FailureContract extends CallContract {

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
    void what_failed_is_told_even_when_the_program_has_let_go_of_it() {
        Ref<Integer> failed = wf.task(ContractTasks::fail).named("broken").submit(value("long ago"));
        Ref<Integer> next = wf.task(ContractTasks::one).submit(failed);
        assertThrows(TaskFailedException.class, next::get);
        failed.delete();
        Ref<Integer> last = wf.task(ContractTasks::one).named("last").submit(next);
        next.delete();
        var thrown = assertThrows(TaskFailedException.class, last::get);
        assertEquals(3, thrown.chain().size(), thrown.getMessage());
        assertTrue(thrown.chain().getLast().startsWith("broken#"), thrown.getMessage());
        assertEquals(
                "long ago",
                assertInstanceOf(ModelException.class, thrown.getCause()).getMessage());
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
    void many_values_of_one_node_are_read_on_another_whatever_the_order_they_come_in() {
        List<Ref<Block>> blocks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            blocks.add(wf.task(ContractTasks::fill).on(node(nameOf(0))).submit(value(1000), value((double) i)));
        }
        wf.barrier();
        List<Ref<Double>> sums = new ArrayList<>();
        for (int i = 39; i >= 0; i--) {
            sums.add(wf.task(ContractTasks::sum).on(node(nameOf(1))).submit(blocks.get(i)));
        }
        for (int i = 0; i < 40; i++) {
            assertEquals(1000.0 * (39 - i), sums.get(i).get());
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
}
