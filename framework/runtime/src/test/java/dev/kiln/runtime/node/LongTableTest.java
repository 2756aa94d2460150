package dev.kiln.runtime.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LongTableTest {

    @Test
    void it_holds_what_a_map_holds_after_any_changes() {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var table = new LongTable<Integer>();
            Map<Long, Integer> map = new HashMap<>();
            int keys = 1 << (1 + seed % 12);
            // Some tables of numbers that follow each other, as in one JVM, and some of few among many.
            long stride = seed % 2 == 0 ? 1 : 1 + random.nextInt(1_000_000);
            for (int i = 0; i < 20_000; i++) {
                long key = stride * random.nextInt(keys);
                if (random.nextInt(3) == 0) {
                    table.remove(key);
                    map.remove(key);
                } else if (random.nextInt(4) == 0) {
                    assertEquals(map.putIfAbsent(key, i), table.putIfAbsent(key, i));
                } else {
                    table.put(key, i);
                    map.put(key, i);
                }
                assertEquals(map.get(key), table.get(key));
                assertEquals(map.size(), table.size());
            }
            for (int k = 0; k < keys; k++) {
                assertEquals(map.get(stride * k), table.get(stride * k));
            }
            table.clear();
            assertEquals(0, table.size());
            assertNull(table.get(0));
        }
    }
}
