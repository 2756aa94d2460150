package dev.kiln.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documents say is so: every option, the program in the README, every link. */
final class DocumentationIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-\\w, )?(--[a-z0-9-]+)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z][a-z-]+)  ");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#: ]+)(?:#[^)]*)?\\)");

    private final Distribution kiln = Distribution.built();

    @Test
    void the_page_of_the_command_has_every_command_and_option_of_the_help() throws Exception {
        String page = Files.readString(ROOT.resolve("docs/cli.md"));
        var missing = new ArrayList<String>();
        check(page, List.of(), missing);
        assertEquals(List.of(), missing);
    }

    private void check(String page, List<String> command, List<String> missing) throws Exception {
        var args = new ArrayList<>(command);
        args.add("--help");
        Ran ran = kiln.run(args.toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("Example"), () -> "no example in the help of " + command);
        String name = "kiln " + String.join(" ", command);
        List<String> options = matches(OPTION, ran.out());
        options.stream()
                .filter(option -> !page.contains("`" + option + "`") && !page.contains("`" + option + " "))
                .forEach(option -> missing.add(name + " " + option));
        int list = ran.out().indexOf("Commands:");
        if (list < 0) {
            if (!page.contains("## " + name)) {
                missing.add(name);
            }
            return;
        }
        for (String sub : matches(COMMAND, ran.out().substring(list))) {
            var deeper = new ArrayList<>(command);
            deeper.add(sub);
            check(page, deeper, missing);
        }
    }

    @Test
    void the_program_in_the_readme_prints_what_the_readme_says(@TempDir Path folder) throws Exception {
        String page = Files.readString(ROOT.resolve("README.md"));
        Path jar = Program.jar(folder, "Diamond", fenced(page, "java"), "Diamond");
        Ran ran = kiln.run("run", jar.toString());
        assertEquals(0, ran.code(), ran.err());
        assertEquals(fenced(page, "text"), ran.out());
    }

    @Test
    void no_link_between_the_documents_is_broken() throws IOException {
        var broken = new ArrayList<String>();
        try (Stream<Path> pages = Stream.concat(Files.list(ROOT), Files.walk(ROOT.resolve("docs")))) {
            for (Path page : pages.filter(p -> p.toString().endsWith(".md")).toList()) {
                for (String link : matches(LINK, Files.readString(page))) {
                    if (!Files.exists(page.resolveSibling(link))) {
                        broken.add(ROOT.relativize(page) + ": " + link);
                    }
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static String fenced(String page, String language) {
        String open = "```" + language + "\n";
        int start = page.indexOf(open) + open.length();
        return page.substring(start, page.indexOf("```", start));
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult m) -> m.group(1))
                .toList();
    }
}
