package dev.kiln.tasks.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocSnippetsTest {

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void a_block_that_repeats_its_region_is_right_however_deep_the_region_stands() throws IOException {
        String source = file(
                "A.java", "class A {\n    // snippet: f\n    int f() {\n        return 1;\n    }\n    // end\n}\n");
        String page =
                file("a.md", "Text\n<!-- snippet: f -->\n```java\nint f() {\n    return 1;\n}\n```\n```sh\nls\n```\n");
        assertEquals(List.of(), DocSnippets.problems(page, source));
        assertEquals(
                List.of("java", "sh"),
                DocSnippets.blocks(page).stream()
                        .map(DocSnippets.Block::language)
                        .toList());
    }

    @Test
    void java_without_a_name_an_unknown_name_and_other_text_are_problems() throws IOException {
        String source = file("A.java", "// snippet: f\nint f;\n// end\n");
        String page = file("a.md", """
                ```java
                int e;
                ```
                <!-- snippet: missing -->
                ```java
                int e;
                ```
                <!-- snippet: f -->
                ```java
                int e;
                ```
                """);
        List<String> problems = DocSnippets.problems(page, source);
        assertEquals(3, problems.size(), problems.toString());
        assertTrue(problems.get(0).endsWith("expected <!-- snippet: name --> above the block that starts with int e;"));
        assertTrue(problems.get(1).contains("the snippet missing is in none of"));
        assertTrue(problems.get(2).endsWith("differs from its source; paste this:\nint f;\n"));
    }
}
