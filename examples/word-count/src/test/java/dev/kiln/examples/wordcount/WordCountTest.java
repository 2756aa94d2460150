package dev.kiln.examples.wordcount;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.tasks.testing.InlineBackend;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordCountTest {

    @Test
    void counts_the_words_of_all_blocks() {
        var lines = Collections.nCopies(83, "The cat, the dog; it's a cat");
        try (var wf = InlineBackend.workflow()) {
            assertEquals(Map.of("the", 166, "cat", 166, "dog", 83, "it's", 83, "a", 83), WordCount.countAll(wf, lines));
            assertEquals(6 + 5, wf.stats().submitted());
        }
    }

    @Test
    void a_text_without_words_has_no_counts() {
        try (var wf = InlineBackend.workflow()) {
            assertEquals(Map.of(), WordCount.countAll(wf, List.of()));
        }
    }

    @Test
    void shows_the_most_frequent_words_first_and_equal_ones_in_alphabetical_order() {
        var counts = new TreeMap<>(Map.of("b", 2, "a", 2, "c", 30, "d", 1));
        assertEquals(List.of(Map.entry("c", 30), Map.entry("a", 2), Map.entry("b", 2)), WordCount.top(counts, 3));
    }
}
