package dev.kiln.runtime.code;

import dev.kiln.tasks.spi.WorkflowProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The users' jars that are on a node: each once, in a file that only this user can read, for as long as a class loader
 * of it is open. Every workflow gets a loader of its own, so that its static state is its own and ends with it.
 * Jars must hold all they need: a manifest's Class-Path is not followed.
 *
 * <p>Thread-safe: its lock guards the table of jars and the folder.
 */
public final class CodeStore implements AutoCloseable {

    private final ClassLoader own;
    private final SharedLoader shared;
    private final Path parent;
    private final Map<String, Jar> jars = new HashMap<>();
    private @Nullable Path folder;

    /**
     * Empty; makes no file yet.
     *
     * @param own the loader of Kiln's own classes, which loads code {@link UserCode#OWN_CLASS_PATH} too
     * @param parent where it makes its folder: one that is cleared when this JVM is killed
     */
    public CodeStore(ClassLoader own, Path parent) {
        this.own = own;
        this.parent = parent;
        this.shared = new SharedLoader(own);
    }

    /**
     * A class loader for one workflow. Give it to {@link WorkflowLoader#release} when the workflow has ended.
     *
     * @param code the id of the jar, or {@link UserCode#OWN_CLASS_PATH}
     * @param jar fetches the jar's bytes; asked only when they are not here, outside of any lock
     * @throws IllegalStateException when the bytes are not those of the id
     */
    public ClassLoader load(String code, Supplier<byte[]> jar) {
        return code.equals(UserCode.OWN_CLASS_PATH) ? own : open(code, jar, null);
    }

    /**
     * A class loader over the user's own file, to look at a program before there is a place for a copy.
     *
     * @param own the loader of Kiln's own classes
     */
    public static WorkflowLoader over(Path file, UserCode code, ClassLoader own) {
        return new WorkflowLoader(code.id(), url(file), new SharedLoader(own), () -> {});
    }

    /** A class loader for a program that is launched on a cluster; {@code Workflow.open()} in it opens these workflows. */
    public WorkflowLoader launch(UserCode code, WorkflowProvider workflows) {
        return open(code.id(), code::jar, workflows);
    }

    /** Deletes every file. Loaders that are still open can load no more classes. */
    @Override
    public synchronized void close() {
        for (Jar jar : jars.values()) {
            delete(jar.file);
        }
        jars.clear();
        if (folder != null) {
            delete(folder);
            folder = null;
        }
    }

    private WorkflowLoader open(String code, Supplier<byte[]> bytes, @Nullable WorkflowProvider workflows) {
        Jar jar = use(code);
        if (jar == null) {
            byte[] fetched = bytes.get();
            String found = UserCode.idOf(fetched);
            if (!found.equals(code)) {
                throw new IllegalStateException("the jar of this workflow is damaged: expected SHA-256 " + code
                        + ", found " + found + " in " + fetched.length + " bytes");
            }
            jar = add(code, fetched);
        }
        Jar used = jar;
        var once = new AtomicBoolean();
        Runnable closed = () -> {
            if (once.compareAndSet(false, true)) {
                leave(code, used);
            }
        };
        URL url = url(used.file);
        return workflows == null
                ? new WorkflowLoader(code, url, shared, closed)
                : new LaunchedLoader(code, url, shared, closed, workflows);
    }

    private synchronized @Nullable Jar use(String code) {
        Jar jar = jars.get(code);
        if (jar != null) {
            jar.loaders++;
        }
        return jar;
    }

    private synchronized Jar add(String code, byte[] bytes) {
        Jar jar = jars.get(code);
        if (jar == null) {
            try {
                if (folder == null) {
                    folder = Files.createTempDirectory(parent, "code-", only(parent, "rwx------"));
                }
                Path file =
                        Files.createTempFile(folder, code.substring(0, 16) + "-", ".jar", only(folder, "rw-------"));
                Files.write(file, bytes, StandardOpenOption.WRITE);
                jar = new Jar(file);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the jar of a workflow could not be kept in " + parent + ": " + e.getMessage(), e);
            }
            jars.put(code, jar);
        }
        jar.loaders++;
        return jar;
    }

    private synchronized void leave(String code, Jar jar) {
        if (--jar.loaders == 0 && jars.remove(code, jar)) {
            delete(jar.file);
        }
    }

    private static FileAttribute<?>[] only(Path near, String permissions) {
        if (!near.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A file that another process holds, or a folder with a stranger's file: left to the system's clean-up.
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a file has a URL", e);
        }
    }

    /** A jar's file, and how many open loaders read it; guarded by the store's lock. */
    private static final class Jar {
        private final Path file;
        private int loaders;

        Jar(Path file) {
            this.file = file;
        }
    }
}
