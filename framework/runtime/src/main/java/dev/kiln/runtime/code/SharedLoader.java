package dev.kiln.runtime.code;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parent of users' class loaders. It shows them the JDK, and of Kiln only what users write against: the tasks and
 * the libraries on top of them. Kiln's own libraries stay hidden, so that a user's jar may bring another version of
 * any of them. The shared classes come from here even when the jar has a copy, or a {@code Ref} of the program would
 * not be a {@code Ref} of Kiln. Thread-safe.
 */
final class SharedLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final List<String> SHARED = List.of("dev.kiln.tasks.", "dev.kiln.dislib.", "dev.kiln.csvm.");
    private static final List<String> HIDDEN = List.of("dev.kiln.csvm.cli.", "dev.kiln.tasks.checker.");

    private final ClassLoader own;

    /** Shares what this loader finds. */
    SharedLoader(ClassLoader own) {
        super("kiln-shared", ClassLoader.getPlatformClassLoader());
        this.own = own;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (isShared(name)) {
            return own.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return isShared(name.replace('/', '.')) ? own.getResource(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return isShared(name.replace('/', '.')) ? own.getResources(name) : Collections.emptyEnumeration();
    }

    private static boolean isShared(String name) {
        return SHARED.stream().anyMatch(name::startsWith) && HIDDEN.stream().noneMatch(name::startsWith);
    }
}
