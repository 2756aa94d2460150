package dev.kiln.config;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Makes the jar of a user's program from its source. */
final class Program {

    private Program() {}

    /**
     * Compiles one class and puts it into a jar.
     *
     * @param folder where to work
     * @param name of the class, in no package
     * @param source of the class
     * @param main what the manifest names as the main class, or null for nothing
     */
    static Path jar(Path folder, String name, String source, @Nullable String main) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                    .call()) {
                throw new IllegalArgumentException("does not compile: " + name);
            }
        }
        return pack(folder.resolve(name + ".jar"), classes, main);
    }

    /** Puts a folder of classes into a jar. */
    static Path pack(Path jar, Path classes, @Nullable String main) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (main != null) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        }
        try (OutputStream out = Files.newOutputStream(jar);
                var packed = new JarOutputStream(out, manifest);
                var walk = Files.walk(classes)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, packed);
            }
        }
        return jar;
    }

    /** Makes all classes of a folder look built for a Java that is not out yet. */
    static void forNewerJava(Path classes) throws IOException {
        try (var walk = Files.walk(classes)) {
            for (Path file : walk.filter(f -> f.toString().endsWith(".class")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[7] = 99;
                Files.write(file, bytes);
            }
        }
    }
}
