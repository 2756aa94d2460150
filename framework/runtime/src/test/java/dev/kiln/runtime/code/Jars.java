package dev.kiln.runtime.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources in memory and packs what comes of them into jars, for tests. */
public final class Jars {

    private Jars() {}

    /** Class files of sources, by their names in a jar. Each source is given by its class's name and text. */
    public static Map<String, byte[]> compile(Map<String, String> sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        List<SimpleJavaFileObject> units = sources.entrySet().stream()
                .map(source -> (SimpleJavaFileObject) new Source(source.getKey(), source.getValue()))
                .toList();
        var messages = new StringWriter();
        try (var standard = compiler.getStandardFileManager(null, null, null);
                var files = new ForwardingJavaFileManager<JavaFileManager>(standard) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                            @Override
                            public java.io.OutputStream openOutputStream() {
                                var bytes = new ByteArrayOutputStream();
                                classes.put(name.replace('.', '/') + ".class", bytes);
                                return bytes;
                            }
                        };
                    }
                }) {
            standard.setLocationFromPaths(
                    StandardLocation.CLASS_PATH,
                    List.of(java.nio.file.Path.of(dev.kiln.tasks.Ref.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())));
            if (!compiler.getTask(messages, files, null, List.of("-proc:none"), null, units)
                    .call()) {
                throw new IllegalArgumentException(messages.toString());
            }
        } catch (IOException | java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        Map<String, byte[]> result = new LinkedHashMap<>();
        classes.forEach((name, bytes) -> result.put(name, bytes.toByteArray()));
        return result;
    }

    /** A jar of these entries; a manifest is one of them, or there is none. */
    public static byte[] jar(Map<String, byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("mem:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
