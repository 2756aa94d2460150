package dev.kiln.client.docs;

import dev.kiln.tasks.Idempotent;
import dev.kiln.tasks.ReadOnly;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** The classes of docs/active-objects.md; the statements are in the test. */
interface DocSnippetsObjects {

    // snippet: interface
    interface Stock {
        int add(String item, int count);

        @Idempotent
        void set(String item, int count);

        @ReadOnly
        int count(String item);
    }
    // end

    // snippet: implementation
    final class PlainStock implements Stock, Serializable {
        private final Map<String, Integer> counts = new TreeMap<>();

        PlainStock(String first) {
            counts.put(first, 0);
        }

        @Override
        public int add(String item, int count) {
            return counts.merge(item, count, Integer::sum);
        }

        @Override
        public void set(String item, int count) {
            counts.put(item, count);
        }

        @Override
        public int count(String item) {
            return counts.getOrDefault(item, 0);
        }
    }
    // end
}
