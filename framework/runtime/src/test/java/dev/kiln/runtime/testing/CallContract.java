package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.testing.ContractTasks.Block;
import dev.kiln.runtime.testing.ContractTasks.Halves;
import dev.kiln.tasks.Arg;
import dev.kiln.tasks.Ref;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is promised of calls, of records and their parts, and of updates. */
abstract class CallContract extends ContractFixture {

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
                    message.matches("this value was updated by add#\\d+ \\(CallContract.java:\\d+\\);"
                            + " use the ref that call returned"),
                    message);
        }
    }
}
