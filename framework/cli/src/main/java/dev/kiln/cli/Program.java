package dev.kiln.cli;

import dev.kiln.command.UsageException;
import dev.kiln.runtime.code.AppJar;
import dev.kiln.runtime.code.CodeStore;
import dev.kiln.runtime.code.WorkflowLoader;
import dev.kiln.runtime.codec.NotEncodableException;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A user's program: its jar, checked, which is copied and loaded once there is a cluster to run on. Used by one thread, once. */
final class Program {

    private static final ClassLoader OWN = Program.class.getClassLoader();

    private final AppJar app;
    private final AtomicReference<Clusters.@Nullable Cluster> cluster = new AtomicReference<>();
    private final Queue<WorkflowBackend> opened = new ConcurrentLinkedQueue<>();

    private Program(AppJar app) {
        this.app = app;
    }

    /**
     * Loads a program; none of its code runs yet.
     *
     * @param mainClass instead of the one that the manifest names, or null
     * @throws UsageException when this is no jar, or holds no such program
     */
    static Program load(Path file, @Nullable String mainClass) {
        try {
            AppJar app = AppJar.open(file, mainClass);
            WorkflowLoader look = CodeStore.over(app.file(), app.code(), OWN);
            try {
                var _ = mainOf(app, look);
            } finally {
                WorkflowLoader.release(look);
            }
            return new Program(app);
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

    private WorkflowBackend open(ClassLoader code, WorkflowOptions wish) {
        Clusters.Cluster running = cluster.get();
        if (running == null) {
            throw new IllegalStateException("a workflow can be opened only while main runs");
        }
        WorkflowBackend backend = running.open(code, app.code().jar(), wish);
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
        try (var store = new CodeStore(OWN, on.folder())) {
            WorkflowLoader loader = store.launch(app.code(), new Launched());
            try {
                run(on, loader, args);
            } finally {
                WorkflowLoader.release(loader);
            }
        }
    }

    private void run(Clusters.Cluster on, ClassLoader loader, String[] args) {
        MainMethod main = mainOf(app, loader);
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
            throw failed(failure, loader);
        }
    }

    /** Where the program's workflows open. */
    private final class Launched implements WorkflowProvider {

        @Override
        public WorkflowBackend open(ClassLoader code) {
            return open(code, WorkflowOptions.usual());
        }

        @Override
        public WorkflowBackend open(ClassLoader code, WorkflowOptions wish) {
            return Program.this.open(code, wish);
        }
    }

    private RuntimeException failed(Throwable failure, ClassLoader loader) {
        return switch (failure) {
            case TaskFailedException failed -> failed;
            // What the launcher itself said when the program opened a workflow.
            case UsageException wrong -> wrong;
            case NotEncodableException stuck -> new UsageException(String.valueOf(stuck.getMessage()));
            default ->
                new ProgramFailedException(
                        app.mainClass() + " failed: " + Outcomes.described(failure) + at(failure, loader), failure);
        };
    }

    /** Where in the program's own code it was thrown, so that a program can be mended without --verbose. */
    private static String at(Throwable failure, ClassLoader loader) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (String.valueOf(loader.getName()).equals(frame.getClassLoaderName())) {
                return " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
            }
        }
        return "";
    }
}
