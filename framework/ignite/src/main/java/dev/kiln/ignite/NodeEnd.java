package dev.kiln.ignite;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes one line of how the JVM of a further node ended and what it printed. */
final class NodeEnd {

    /** Stands for the exit code of one that has not ended. */
    static final int RUNNING = -1;

    /** What a JVM prints before it says why. */
    private static final String NO_START = "Error occurred during initialization of VM";

    private static final Pattern OUT_OF_MEMORY = Pattern.compile("java\\.lang\\.OutOfMemoryError[^\n]*");

    private static final String UNCAUGHT = "Exception in thread ";

    private NodeEnd() {}

    /**
     * The reason in one line, without frames of a stack.
     *
     * @param exit the exit code; from 129 on it stands for a signal
     * @param printed all lines that the JVM printed
     */
    static String reason(int exit, List<String> printed) {
        String said = said(printed);
        if (exit == RUNNING) {
            return said.isEmpty() ? "it still runs and printed nothing" : said;
        }
        if (exit == 128 + 9) {
            return "it was killed (signal 9), by somebody or for want of memory" + (said.isEmpty() ? "" : ": " + said);
        }
        String how = exit > 128 ? "signal " + (exit - 128) : "exit code " + exit;
        return (said.isEmpty() ? "it printed nothing" : said) + " (" + how + ")";
    }

    /** Want of memory goes before all; then what a node says itself; then what it did not catch; then what was printed first, which led to the rest. */
    private static String said(List<String> printed) {
        Matcher memory = OUT_OF_MEMORY.matcher(String.join("\n", printed));
        if (memory.find()) {
            return memory.group(); // whatever else went wrong came of it
        }
        List<String> lines = printed.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.equals(NO_START) && !isFrame(line))
                .toList();
        for (String line : lines.reversed()) {
            if (line.startsWith("kiln: ")) {
                return line.substring(line.indexOf(": ", 6) < 0 ? 6 : line.indexOf(": ", 6) + 2);
            }
        }
        for (String line : lines) {
            if (line.startsWith(UNCAUGHT)) {
                return line.replaceFirst("Exception in thread \"[^\"]*\" ", "");
            }
        }
        return lines.isEmpty() ? "" : lines.getFirst();
    }

    private static boolean isFrame(String line) {
        return line.startsWith("at ") || line.matches("\\.\\.\\. \\d+ (more|common frames omitted)");
    }
}
