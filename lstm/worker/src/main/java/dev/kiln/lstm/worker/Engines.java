package dev.kiln.lstm.worker;

import dev.kiln.lstm.worker.engine.Engine;
import dev.kiln.lstm.worker.engine.EngineException;
import dev.kiln.lstm.worker.engine.JavaEngine;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * The engines that there are: the one in Java, those on the class path, and those installed apart: a folder of jars
 * named by {@code KILN_TORCH} in the environment, or {@code engines/torch} beside the folder of Kiln's jars. Those get a
 * class loader of their own, one for the whole JVM, since native libraries can be loaded once.
 */
public final class Engines {

    private Engines() {}

    /**
     * The engine of this name.
     *
     * @throws EngineException when there is none
     */
    public static Engine named(String name) {
        return Found.ALL.stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        name.equals("torch")
                                ? "--engine torch: LibTorch is not installed; docs/lstm.md says how, in one command"
                                : "--engine " + name + ": expected one of java, torch"));
    }

    /** Looked for once. */
    private static final class Found {

        private static final List<Engine> ALL = all();

        private static List<Engine> all() {
            List<Engine> engines = new ArrayList<>();
            engines.add(new JavaEngine());
            ClassLoader own = Engines.class.getClassLoader();
            ClassLoader loader = folder().map(f -> over(f, own)).orElse(own);
            ServiceLoader.load(Engine.class, loader).forEach(engines::add);
            return List.copyOf(engines);
        }

        private static Optional<Path> folder() {
            String named = System.getenv("KILN_TORCH");
            if (named != null && !named.isBlank()) {
                return Optional.of(Path.of(named)).filter(Files::isDirectory);
            }
            CodeSource source = Engines.class.getProtectionDomain().getCodeSource();
            try {
                Path jar = source == null ? null : Path.of(source.getLocation().toURI());
                return Optional.ofNullable(jar)
                        .map(Path::getParent)
                        .map(lib -> lib.resolveSibling("engines").resolve("torch"))
                        .filter(Files::isDirectory);
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }

        private static ClassLoader over(Path folder, ClassLoader parent) {
            try (Stream<Path> files = Files.list(folder)) {
                List<URL> jars = new ArrayList<>();
                for (Path jar : files.filter(f -> f.toString().endsWith(".jar"))
                        .sorted()
                        .toList()) {
                    jars.add(url(jar.toFile()));
                }
                return new URLClassLoader("kiln-torch", jars.toArray(URL[]::new), parent);
            } catch (IOException e) {
                throw new EngineException("the folder of the torch engine cannot be read: " + e);
            }
        }

        private static URL url(File jar) {
            try {
                return jar.toURI().toURL();
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
