package dev.kiln.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.spi.WorkflowBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kiln run} over the cluster inside one JVM, with the classes of this package in jars of their own. */
final class RunCommandTest {

    private final StringWriter err = new StringWriter();
    private final List<Started> started = new ArrayList<>();

    @TempDir
    private Path folder;

    private @Nullable Path runFolder;

    @AfterEach
    void forget_what_the_program_said() {
        System.clearProperty(Sample.SAID);
        System.clearProperty(Sample.LOADED_FROM);
    }

    private int kiln(String... args) {
        var console = new StandardConsole(
                new PrintWriter(new StringWriter()), new PrintWriter(err, true), Terminal.NONE, InstantSource.system());
        return new Kiln(
                        options -> {
                            var cluster = new Started(LocalCluster.start(2), runFolder == null ? folder : runFolder);
                            started.add(cluster);
                            return cluster;
                        },
                        console)
                .run(args);
    }

    private String jar(@Nullable String main) throws IOException {
        Path jar = folder.resolve("sample.jar");
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (main != null) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        }
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> type : List.of(Sample.class, Sample.Fails.class, Sample.Forgets.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (var in = RunCommandTest.class.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
            }
        }
        return jar.toString();
    }

    @Test
    void a_program_opens_its_workflow_on_the_cluster_it_was_launched_on() throws IOException {
        assertEquals(0, kiln("run", jar("dev.kiln.cli.Sample"), "--", "4", "--slots"), err.toString());
        assertEquals("8 --slots", System.getProperty(Sample.SAID));
        assertEquals("", err.toString());
        assertEquals(1, started.size());
        assertTrue(started.getFirst().closed);
    }

    @Test
    void the_copy_of_the_jar_is_kept_in_the_folder_of_the_run_and_goes_with_the_program() throws IOException {
        String jar = jar("dev.kiln.cli.Sample");
        Path run = Files.createDirectory(folder.resolve("run"));
        runFolder = run;
        assertEquals(0, kiln("run", jar, "--", "4"), err.toString());
        assertTrue(String.valueOf(System.getProperty(Sample.LOADED_FROM)).startsWith("file:" + run + "/code-"));
        try (var left = Files.list(run)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void the_main_class_may_be_named_behind_the_jar() throws IOException {
        assertEquals(0, kiln("run", jar(null), "dev.kiln.cli.Sample", "--", "5"), err.toString());
        assertEquals("10", System.getProperty(Sample.SAID));
    }

    @Test
    void a_program_that_throws_is_one_line_with_the_place() throws IOException {
        assertEquals(1, kiln("run", jar(null), "dev.kiln.cli.Sample$Fails"));
        assertTrue(
                err.toString()
                        .matches("kiln: dev.kiln.cli.Sample\\$Fails failed: IllegalStateException: on purpose"
                                + " \\(Sample.java:\\d+\\)\\R"),
                err.toString());
        assertTrue(started.getFirst().closed);
    }

    @Test
    void workflows_left_open_are_closed() throws IOException {
        assertEquals(0, kiln("run", jar(null), "dev.kiln.cli.Sample$Forgets"), err.toString());
        assertTrue(started.getFirst().closed);
    }

    @Test
    void what_is_wrong_with_the_words_is_said_before_a_cluster_starts() throws IOException {
        record Case(List<String> words, String line) {}
        String jar = jar(null);
        for (Case c : List.of(
                new Case(List.of("--", "a"), "expected APP.jar before --"),
                new Case(List.of(jar, "Main", "a"), "unexpected a; arguments of the program go after --"),
                new Case(List.of(jar), "names no main class"),
                new Case(List.of(jar, "Main"), "holds no class Main"),
                new Case(List.of(folder.resolve("none.jar").toString()), "does not exist"))) {
            err.getBuffer().setLength(0);
            var args = new ArrayList<>(List.of("run"));
            args.addAll(c.words());
            assertEquals(2, kiln(args.toArray(String[]::new)));
            assertTrue(err.toString().contains(c.line()), err.toString());
            assertEquals(1, err.toString().lines().count(), err.toString());
        }
        assertFalse(started.iterator().hasNext());
    }

    private static final class Started implements Clusters.Cluster {

        private final LocalCluster cluster;
        private final Path folder;
        private boolean closed;

        Started(LocalCluster cluster, Path folder) {
            this.cluster = cluster;
            this.folder = folder;
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public WorkflowBackend open(ClassLoader code, byte @Nullable [] jar) {
            return cluster.open(code);
        }

        @Override
        public void close() {
            closed = true;
            cluster.close();
        }
    }
}
