package dev.kiln.cli;

import dev.kiln.command.UsageException;
import dev.kiln.runtime.code.AppJar;
import dev.kiln.runtime.code.CodeStore;
import dev.kiln.runtime.code.WorkflowLoader;
import dev.kiln.runtime.codec.NotEncodableException;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A user's program: its jar, checked, and its class loader, which knows the cluster it runs on. Used by one thread, once. */
final class Program implements AutoCloseable {

    private final AppJar app;
    private final CodeStore store = new CodeStore(Program.class.getClassLoader());
    private final AtomicReference<Clusters.@Nullable Cluster> cluster = new AtomicReference<>();
    private final Queue<WorkflowBackend> opened = new ConcurrentLinkedQueue<>();
    private final WorkflowLoader loader;
    private final MainMethod main;

    /** The copy of the jar goes even when the program ends the JVM by itself, or is interrupted. */
    private final Thread cleanUp = new Thread(store::close, "kiln-program-clean-up");

    private Program(AppJar app) {
        this.app = app;
        this.loader = store.launch(app.code(), this::open);
        this.main = mainOf(app, loader);
        Runtime.getRuntime().addShutdownHook(cleanUp);
    }

    /**
     * Loads a program; none of its code runs yet.
     *
     * @param mainClass instead of the one that the manifest names, or null
     * @throws UsageException when this is no jar, or holds no such program
     */
    static Program load(Path file, @Nullable String mainClass) {
        try {
            return new Program(AppJar.open(file, mainClass));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static MainMethod mainOf(AppJar app, ClassLoader loader) {
        try {
            return MainMethod.of(Class.forName(app.mainClass(), false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UsageException(app.file() + ": " + app.mainClass() + " cannot be loaded: " + e.getMessage()
                    + "; a program's jar must hold all it needs besides Kiln");
        }
    }

    private WorkflowBackend open(ClassLoader code) {
        Clusters.Cluster running = cluster.get();
        if (running == null) {
            throw new IllegalStateException("a workflow can be opened only while main runs");
        }
        WorkflowBackend backend = running.open(code, app.code().jar());
        opened.add(backend);
        return backend;
    }

    /**
     * Runs the main method to its end, in a thread of its own. Workflows that it leaves open are closed.
     *
     * @throws TaskFailedException when it throws that
     * @throws ProgramFailedException when it throws anything else
     * @throws UsageException when a value it gave cannot travel
     */
    void run(Clusters.Cluster on, String[] args) {
        cluster.set(on);
        var thrown = new AtomicReference<@Nullable Throwable>();
        Thread thread = Thread.ofPlatform().name("main of " + app.mainClass()).unstarted(() -> {
            try {
                main.run(args);
            } catch (Throwable failure) {
                thrown.set(failure);
            }
        });
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + app.mainClass() + " ran", e);
        } finally {
            cluster.set(null);
            opened.forEach(WorkflowBackend::close);
        }
        Throwable failure = thrown.get();
        if (failure != null) {
            throw failed(failure);
        }
    }

    private RuntimeException failed(Throwable failure) {
        return switch (failure) {
            case TaskFailedException failed -> failed;
            case NotEncodableException stuck -> new UsageException(String.valueOf(stuck.getMessage()));
            default ->
                new ProgramFailedException(
                        app.mainClass() + " failed: " + Outcomes.described(failure) + at(failure), failure);
        };
    }

    /** Where in the program's own code it was thrown, so that a program can be mended without --verbose. */
    private String at(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (loader.getName().equals(frame.getClassLoaderName())) {
                return " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
            }
        }
        return "";
    }

    @Override
    public void close() {
        WorkflowLoader.release(loader);
        store.close();
        try {
            Runtime.getRuntime().removeShutdownHook(cleanUp);
        } catch (IllegalStateException ending) {
            return;
        }
    }
}
