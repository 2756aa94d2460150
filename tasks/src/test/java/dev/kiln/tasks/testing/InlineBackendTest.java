package dev.kiln.tasks.testing;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.InOut;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Task;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InlineBackendTest {

    record Pair(int[] left, int right) {}

    @Task
    static int add(int a, int b) {
        return a + b;
    }

    @Task
    static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    @Task
    static Pair pair(int left, int right) {
        return new Pair(new int[] {left}, right);
    }

    @Task
    static int[] same(int[] numbers) {
        return numbers;
    }

    @Task
    static void increment(@InOut int[] numbers, int by) {
        numbers[0] += by;
    }

    @Task
    static void incrementFirst(@InOut Pair pair) {
        pair.left()[0]++;
    }

    @Task
    static int fail(String message) throws IOException {
        throw new IOException(message);
    }

    @Task(retries = 2)
    static int failUntilThird(List<int[]> counter) throws IOException {
        if (++counter.getFirst()[0] < 3) {
            throw new IOException("not yet");
        }
        return counter.getFirst()[0];
    }

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void tasks_take_literals_refs_and_lists_of_both() {
        Ref<Integer> five = wf.task(InlineBackendTest::add).submit(value(2), value(3));
        Ref<Integer> total = wf.task(InlineBackendTest::sum).submit(all(List.of(five, value(10), wf.put(100))));
        assertEquals(115, total.get());
    }

    @Test
    void an_update_returns_the_next_version_and_leaves_what_was_put_alone() {
        int[] mine = {1};
        Ref<int[]> first = wf.put(mine);
        Ref<int[]> second = wf.update(InlineBackendTest::increment).submit(first, value(4));
        assertEquals(5, second.get()[0]);
        assertEquals(1, mine[0]);
    }

    @Test
    void a_ref_used_after_its_update_names_the_update_and_its_place() {
        Ref<int[]> old = wf.put(new int[] {1});
        wf.update(InlineBackendTest::increment).submit(old, value(4));
        String message = assertThrows(IllegalStateException.class, old::get).getMessage();
        assertTrue(
                message.matches(
                        "this value was updated by increment#2 \\(InlineBackendTest\\.java:\\d+\\); use the ref that"
                                + " call returned"),
                message);
        assertThrows(
                IllegalStateException.class,
                () -> wf.task(InlineBackendTest::same).submit(old));
    }

    @Test
    void an_update_may_read_the_value_that_it_replaces() {
        Ref<Pair> pair = wf.task(InlineBackendTest::pair).submit(value(1), value(2));
        Ref<int[]> left = pair.part(Pair::left);
        Ref<Pair> next = wf.update(InlineBackendTest::incrementFirst).submit(pair);
        assertEquals(2, next.part(Pair::left).get()[0]);
        assertEquals(1, left.get()[0]);
    }

    @Test
    void a_part_is_a_ref_of_its_own_and_is_updated_on_a_copy() {
        Ref<Pair> pair = wf.task(InlineBackendTest::pair).submit(value(1), value(2));
        Ref<int[]> left = pair.part(Pair::left);
        Ref<int[]> again = pair.part(Pair::left);
        assertEquals(
                5,
                wf.update(InlineBackendTest::increment).submit(left, value(4)).get()[0]);
        assertThrows(IllegalStateException.class, left::get);
        pair.delete();
        pair.delete();
        assertEquals(1, wf.task(InlineBackendTest::same).submit(again).get()[0]);
        Ref<Pair> other = wf.put(new Pair(new int[1], 0));
        Ref<int[]> part = other.part(Pair::left);
        assertThrows(IllegalStateException.class, () -> part.part(null));
    }

    @Test
    void a_task_that_returns_its_argument_has_it_copied() {
        int[] mine = {1};
        Ref<int[]> put = wf.put(mine);
        assertNotSame(mine, wf.task(InlineBackendTest::same).submit(put).get());
    }

    @Test
    void a_failure_reaches_what_depends_on_it_with_the_chain_and_the_users_exception() {
        Ref<Integer> bad = wf.task(InlineBackendTest::fail).submit(value("no such file"));
        Ref<Integer> next = wf.task(InlineBackendTest::add).named("plus").submit(bad, value(1));
        TaskFailedException failure = assertThrows(TaskFailedException.class, next::get);
        assertEquals(List.of("plus#2", "fail#1"), failure.chain());
        assertInstanceOf(IOException.class, failure.getCause());
        assertEquals(
                "task plus#2 could not run: it depends on fail#1, which failed: java.io.IOException: no such file"
                        + " (plus#2 <- fail#1)",
                failure.getMessage());
        assertEquals(
                List.of("fail#1"),
                assertThrows(TaskFailedException.class, wf::barrier).chain());
        assertEquals(2, wf.stats().failed());
    }

    @Test
    void a_task_that_threw_is_tried_again_as_often_as_it_says() {
        Ref<Integer> third = wf.task(InlineBackendTest::failUntilThird).submit(value(List.of(new int[1])));
        assertEquals(3, third.get());
        assertEquals(2, wf.stats().repeated());
    }

    @Test
    void a_node_that_is_not_up_fails_the_task() {
        Ref<Integer> lost = wf.task(InlineBackendTest::add).on(node("gpu")).submit(value(1), value(2));
        assertEquals(
                "task add#1 failed: there is no node gpu; up are inline",
                assertThrows(TaskFailedException.class, lost::await).getMessage());
    }

    @Test
    void deleted_foreign_and_late_refs_are_refused() {
        Ref<Map<String, Integer>> map = wf.put(Map.of("a", 1));
        map.delete();
        assertThrows(IllegalStateException.class, map::get);
        try (var other = InlineBackend.workflow()) {
            Ref<Integer> foreign = other.put(1);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> wf.task(InlineBackendTest::add).submit(foreign, value(1)));
        }
        Ref<Integer> late = wf.put(1);
        wf.close();
        assertThrows(IllegalStateException.class, late::get);
    }
}
