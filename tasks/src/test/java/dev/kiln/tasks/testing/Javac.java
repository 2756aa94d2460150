package dev.kiln.tasks.testing;

import dev.kiln.tasks.Workflow;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles small sources in this JVM against the API, for tests of what the compiler says.
 *
 * @param problems errors and warnings
 * @param printed what the javac command would print of them
 */
public record Javac(List<Problem> problems, String printed) {

    /** One error or warning: the name of its file, its line, and the text. */
    public record Problem(String file, long line, String text) {
        static Problem of(Diagnostic<? extends JavaFileObject> diagnostic) {
            JavaFileObject source = diagnostic.getSource();
            String path = source == null ? "" : source.toUri().getPath();
            return new Problem(
                    path.substring(path.lastIndexOf('/') + 1), diagnostic.getLineNumber(), diagnostic.getMessage(null));
        }
    }

    /** Compiles the source of one top-level class; processors see it when there are any. */
    public static Javac compile(String className, String source, Processor... processors) {
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        run(className, source, diagnostics, null, processors);
        var printed = new StringWriter();
        run(className, source, null, printed, processors.length == 0 ? processors : new Processor[0]);
        return new Javac(
                diagnostics.getDiagnostics().stream()
                        .filter(d -> d.getKind() != Diagnostic.Kind.NOTE)
                        .map(Problem::of)
                        .toList(),
                printed.toString());
    }

    private static void run(
            String className,
            String source,
            DiagnosticCollector<JavaFileObject> diagnostics,
            StringWriter printed,
            Processor... processors) {
        Path out = null;
        try {
            out = Files.createTempDirectory("kiln-javac");
            Path api = Path.of(Workflow.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            var options = new ArrayList<>(List.of("-classpath", api.toString(), "-d", out.toString()));
            if (processors.length == 0) {
                options.add("-proc:none");
            }
            var task = ToolProvider.getSystemJavaCompiler()
                    .getTask(printed, null, diagnostics, options, null, List.of(new Source(className, source)));
            if (processors.length > 0) {
                task.setProcessors(List.of(processors));
            }
            task.call();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot compile " + className, e);
        } finally {
            deleteTree(out);
        }
    }

    private static void deleteTree(Path root) {
        if (root == null) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot delete " + root, e);
        }
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
