package dev.kiln.examples.wordcount;

import static dev.kiln.tasks.Arg.value;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kiln.tasks.*;
import java.io.IOException;
import java.nio.file.*;
import java.util.*;

/** Counts words: each block of lines is a task, and the counts are merged in pairs until one is left. */
public final class WordCount {
    private static final int BLOCK_LINES = 16;

    @Task
    static SortedMap<String, Integer> count(String block) {
        var counts = new TreeMap<String, Integer>();
        new Scanner(block.toLowerCase(Locale.ROOT))
                .findAll("[\\p{L}']+")
                .forEach(word -> counts.merge(word.group(), 1, Integer::sum));
        return counts;
    }

    @Task
    static SortedMap<String, Integer> merge(SortedMap<String, Integer> a, SortedMap<String, Integer> b) {
        var both = new TreeMap<>(a);
        b.forEach((word, n) -> both.merge(word, n, Integer::sum));
        return both;
    }

    static SortedMap<String, Integer> countAll(Workflow wf, List<String> lines) {
        var counts = new ArrayDeque<Ref<SortedMap<String, Integer>>>();
        for (int from = 0; from == 0 || from < lines.size(); from += BLOCK_LINES) {
            String block = String.join("\n", lines.subList(from, Math.min(from + BLOCK_LINES, lines.size())));
            counts.add(wf.task(WordCount::count).submit(value(block)));
        }
        while (counts.size() > 1) {
            counts.add(wf.task(WordCount::merge).submit(counts.remove(), counts.remove()));
        }
        return counts.remove().get();
    }

    /** The most frequent words; the sort is stable, so equally frequent ones keep the order of the alphabet. */
    static List<Map.Entry<String, Integer>> top(SortedMap<String, Integer> counts, int n) {
        var byNumber = Map.Entry.<String, Integer>comparingByValue().reversed();
        return counts.entrySet().stream().sorted(byNumber).limit(n).toList();
    }

    /** Counts the words of the files named, or of the resource orchard.txt. */
    public static void main(String[] args) throws IOException {
        var lines = new ArrayList<String>();
        for (String file : args) {
            lines.addAll(Files.readAllLines(Path.of(file)));
        }
        if (args.length == 0) {
            try (var sample = WordCount.class.getResourceAsStream("orchard.txt")) {
                lines.addAll(new String(sample.readAllBytes(), UTF_8).lines().toList());
            }
        }
        try (var wf = Workflow.open()) {
            top(countAll(wf, lines), 10).forEach(e -> IO.println(e.getValue() + " " + e.getKey()));
        }
    }
}
