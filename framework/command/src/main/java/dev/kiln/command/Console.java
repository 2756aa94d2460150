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

    /** A running display of progress. */
    interface Progress extends AutoCloseable {

        /** Replaces what is said behind the bar: {@code round 3, 120 violators}. */
        void note(String text);

        @Override
        void close();
    }
}
