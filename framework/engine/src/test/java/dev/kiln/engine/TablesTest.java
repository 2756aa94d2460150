package dev.kiln.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The scheduler's own collections against those of the JDK. */
class TablesTest {

    private static final Comparator<Entry> ORDER =
            Comparator.<Entry>comparingInt(task -> -task.priority()).thenComparingLong(task -> task.id);

    private static Entry entry(long id, int priority) {
        var spec = new TaskSpec(id, "t", new long[0], false, Target.Anywhere.INSTANCE, 0, priority);
        return new Entry(id, spec, TaskState.READY);
    }

    @Test
    void a_ready_queue_agrees_with_a_sorted_set_whatever_is_added_and_removed() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var queue = new ReadyQueue();
            var model = new TreeSet<>(ORDER);
            List<Entry> out = new ArrayList<>();
            long next = 0;
            for (int step = 0; step < 2000; step++) {
                int dice = random.nextInt(step < 1000 ? 8 : 14);
                if (dice < 4) {
                    Entry task = entry(next++, random.nextInt(10) == 0 ? random.nextInt(-2, 3) : 0);
                    queue.add(task);
                    model.add(task);
                } else if (dice == 4 && !out.isEmpty()) {
                    // Back again, behind its turn.
                    Entry task = out.remove(random.nextInt(out.size()));
                    queue.add(task);
                    model.add(task);
                } else if (dice == 5 && !model.isEmpty()) {
                    Entry task = List.copyOf(model).get(random.nextInt(model.size()));
                    queue.remove(task);
                    model.remove(task);
                    out.add(task);
                } else if (!model.isEmpty()) {
                    Entry first = queue.first();
                    assertSame(model.first(), first, "first, seed " + seed);
                    assertNotNull(first);
                    queue.remove(first);
                    model.remove(first);
                    out.add(first);
                }
                assertEquals(model.size(), queue.size());
                assertTrue(model.containsAll(queue.someOfTheFirst(4)));
            }
            assertEquals(List.copyOf(model), queue.all().stream().sorted(ORDER).toList());
        }
    }

    @Test
    void a_task_that_is_not_in_the_queue_cannot_be_removed() {
        var queue = new ReadyQueue();
        queue.add(entry(1, 0));
        assertThrows(IllegalStateException.class, () -> queue.remove(entry(2, 0)));
        assertEquals(1, queue.size());
    }

    @Test
    void holders_agree_with_a_bit_set_also_beyond_sixty_four_nodes() {
        var random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            Entry value = entry(1, 0);
            var model = new BitSet();
            for (int step = 0; step < 60; step++) {
                int node = random.nextInt(round % 2 == 0 ? 70 : 800);
                if (random.nextInt(3) == 0) {
                    value.removeHolder(node);
                    model.clear(node);
                } else {
                    value.addHolder(node);
                    model.set(node);
                }
                int from = random.nextInt(800);
                assertEquals(model.get(from), value.heldBy(from));
                assertEquals(model.nextSetBit(from), value.nextHolder(from));
                assertEquals(model.isEmpty(), value.heldByNone());
                assertEquals(model.cardinality() == 1 && model.get(node), value.heldOnlyBy(node));
            }
        }
    }

    @Test
    void an_entry_is_found_by_its_number_until_it_is_removed() {
        var table = new EntryTable();
        List<Entry> entries = new ArrayList<>();
        for (long id = 0; id < 5000; id += 3) {
            Entry entry = entry(id, 0);
            table.add(entry);
            entries.add(entry);
        }
        assertThrows(IllegalArgumentException.class, () -> table.add(entry(3, 0)));
        List<Entry> seen = new ArrayList<>();
        table.forEach(seen::add);
        assertEquals(entries, seen);
        for (Entry entry : entries) {
            assertSame(entry, table.get(entry.id));
            assertNull(table.get(entry.id + 1));
            table.remove(entry);
            assertNull(table.get(entry.id));
        }
        assertEquals(0, table.size());
        assertNull(table.get(Long.MAX_VALUE));
    }
}
