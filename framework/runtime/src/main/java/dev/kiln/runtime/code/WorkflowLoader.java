package dev.kiln.runtime.code;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * The class loader of one workflow on one node, over a user's jar. Closing it lets go of the jar; its classes are
 * unloaded once nothing refers to them. Thread-safe.
 */
public class WorkflowLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final String code;
    private final Runnable closed;

    WorkflowLoader(String code, URL jar, ClassLoader parent, Runnable closed) {
        super("kiln-" + code.substring(0, 8), new URL[] {jar}, parent);
        this.code = code;
        this.closed = closed;
    }

    /** The id of its {@link UserCode}. */
    public final String code() {
        return code;
    }

    /** Closes the loader of a workflow that has ended; does nothing to others, such as that of the class path. */
    public static void release(ClassLoader loader) {
        if (loader instanceof WorkflowLoader own) {
            try {
                own.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("the jar of a workflow that has ended was not closed", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            closed.run();
        }
    }
}
