package dev.kiln.tasks.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.tasks.testing.DocSnippets;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerPageTest {

    @Test
    void the_page_lists_every_code_with_its_cure() throws IOException {
        List<String> rows = Files.readString(DocSnippets.inRepository("docs/checker.md"))
                .lines()
                .filter(line -> line.startsWith("| KILN-"))
                .map(line -> line.split(" *\\| *", -1))
                .map(cells -> cells[1] + ": " + cells[3])
                .toList();
        assertEquals(
                Arrays.stream(Rule.values())
                        .map(rule -> rule.message("").replace(": ; ", ": "))
                        .toList(),
                rows);
    }

    @Test
    void the_page_shows_how_the_example_switches_it_on() {
        assertEquals(List.of(), DocSnippets.problems("docs/checker.md", "examples/word-count/pom.xml"));
    }
}
