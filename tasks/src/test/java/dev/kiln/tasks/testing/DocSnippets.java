package dev.kiln.tasks.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the snippets of a page of documentation to sources that are compiled. In a source a region stands between the
 * comments {@code snippet: name} and {@code end}; on the page the fenced block that repeats it follows the line
 * {@code <!-- snippet: name -->}.
 */
public final class DocSnippets {

    private static final Pattern START = Pattern.compile("\\s*(?://|#|<!--) snippet: (\\S+)(?: -->)?\\s*");
    private static final Pattern END = Pattern.compile("\\s*(?://|#|<!--) end(?: -->)?\\s*");
    private static final Pattern BLOCK = Pattern.compile(
            "(?:^<!-- snippet: (?<name>\\S+) -->\\n)?^```(?<language>\\w+)\\n(?<text>.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);

    private DocSnippets() {}

    /** A fenced block of a page: the name in the comment above it, or an empty one; its language; its text. */
    public record Block(String name, String language, String text) {}

    /** A file of the repository, found from the folder of whatever module the test runs in. */
    public static Path inRepository(String path) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder.resolve(path);
            }
        }
        throw new IllegalStateException("expected to run inside the repository, found no mvnw above "
                + Path.of("").toAbsolutePath());
    }

    /**
     * What is wrong with a page; empty when every Java block, and every block with a name, repeats a region.
     *
     * @param page the page, as a path in the repository
     * @param sources the files that hold the regions, as paths in the repository
     */
    public static List<String> problems(String page, String... sources) {
        Map<String, String> regions = new LinkedHashMap<>();
        for (String source : sources) {
            regions.putAll(regions(read(source)));
        }
        List<String> problems = new ArrayList<>();
        for (Block block : blocks(page)) {
            String region = regions.get(block.name());
            if (block.name().isEmpty()) {
                if (block.language().equals("java")) {
                    problems.add(page + ": expected <!-- snippet: name --> above the block that starts with "
                            + block.text().lines().findFirst().orElse("nothing"));
                }
            } else if (region == null) {
                problems.add(page + ": the snippet " + block.name() + " is in none of " + List.of(sources));
            } else if (!region.equals(block.text())) {
                problems.add(
                        page + ": the snippet " + block.name() + " differs from its source; paste this:\n" + region);
            }
        }
        return problems;
    }

    /** All fenced blocks of a page that name a language, in their order. */
    public static List<Block> blocks(String page) {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(read(page));
        while (block.find()) {
            String name = block.group("name");
            blocks.add(new Block(name == null ? "" : name, block.group("language"), block.group("text")));
        }
        return blocks;
    }

    private static Map<String, String> regions(String source) {
        Map<String, String> regions = new LinkedHashMap<>();
        String name = "";
        StringBuilder text = new StringBuilder();
        for (String line : source.lines().toList()) {
            Matcher start = START.matcher(line);
            if (start.matches()) {
                name = start.group(1);
                text.setLength(0);
            } else if (END.matcher(line).matches()) {
                regions.put(name, text.toString().stripTrailing().stripIndent().strip() + "\n");
            } else {
                text.append(line).append('\n');
            }
        }
        return regions;
    }

    private static String read(String path) {
        try {
            return Files.readString(inRepository(path)).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
