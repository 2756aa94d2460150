package dev.kiln.command;

import dev.kiln.tasks.Workflow;
import java.io.PrintWriter;

/**
 * Where a command prints: results on standard output, everything else on standard error, colours and progress only on
 * a terminal.
 */
public interface Console {

    /** Standard output, for results. */
    PrintWriter out();

    /** Standard error, for notes. */
    PrintWriter err();

    /** Prints a result as one JSON object or array, on one line. */
    void json(Object value);

    /**
     * Shows tasks done and running and the time left, until it is closed; on a terminal as a bar that is redrawn, else
     * as a line now and then.
     *
     * @param label what is being done: {@code training}
     */
    Progress progress(String label, Workflow workflow);

    /**
     * Shows likewise how many of so many steps are done, where no workflow counts them; nothing in a console that has no
     * such display.
     *
     * @param unit what is counted: {@code epochs}
     * @param all how many there are
     */
    default Progress progress(String label, String unit, long all) {
        return new Progress() {
            @Override
            public void note(String text) {}

            @Override
            public void close() {}
        };
    }

    /** A running display of progress. */
    interface Progress extends AutoCloseable {

        /** So many steps are done, of a display that counts no workflow's tasks. */
        default void done(long steps) {}

        /** Replaces what is said behind the bar: {@code round 3, 120 violators}. */
        void note(String text);

        @Override
        void close();
    }
}
