package dev.kiln.cli;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the terminal, as the launcher script found it: a JVM cannot tell which of its streams is one.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 * @param colours whether colours are wanted there: not when NO_COLOR is set
 * @param columns how wide it is
 */
record Terminal(boolean out, boolean err, boolean colours, int columns) {

    private static final int USUAL_COLUMNS = 80;

    /** No terminal: output goes to files and other programs. */
    static final Terminal NONE = new Terminal(false, false, false, USUAL_COLUMNS);

    static Terminal ofThisJvm() {
        return of(
                Boolean.getBoolean("kiln.terminal.out"),
                Boolean.getBoolean("kiln.terminal.err"),
                Integer.getInteger("kiln.terminal.columns", USUAL_COLUMNS),
                System.getenv("NO_COLOR"),
                System.getenv("TERM"));
    }

    /** As <a href="https://no-color.org">no-color.org</a> has it: any value but the empty one means no colours. */
    static Terminal of(boolean out, boolean err, int columns, @Nullable String noColor, @Nullable String term) {
        boolean refused = noColor != null && !noColor.isEmpty();
        boolean able = !"dumb".equals(term);
        return new Terminal(out, err && able, able && !refused, columns < 20 ? USUAL_COLUMNS : columns);
    }
}
