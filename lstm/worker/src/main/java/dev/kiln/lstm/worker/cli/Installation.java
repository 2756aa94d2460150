package dev.kiln.lstm.worker.cli;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The distribution that this JVM runs from, as its launcher says it.
 *
 * @param home its folder
 */
record Installation(Path home) {

    /** What an installation takes on disk, in MB of 1e6 bytes; null for what is not there. */
    record Size(
            double kiln, @Nullable Double runtime, @Nullable Double torch) {

        /** All of it; null without a runtime, which is needed. */
        @Nullable Double total() {
            Double java = runtime;
            Double libtorch = torch;
            return java == null ? null : kiln + java + (libtorch == null ? 0 : libtorch);
        }
    }

    /**
     * The one of this JVM.
     *
     * @throws UsageException when it was not started by {@code bin/kiln}
     */
    static Installation ofThisJvm() {
        String home = System.getProperty("kiln.home");
        if (home == null || !Files.isExecutable(Path.of(home, "bin", "kiln"))) {
            throw new UsageException("offload-table: expected to be run by bin/kiln of a distribution, whose files and"
                    + " processes it measures");
        }
        return new Installation(Path.of(home));
    }

    String kiln() {
        return home.resolve("bin").resolve("kiln").toString();
    }

    /** The series that comes with Kiln. */
    Path series() {
        return home.resolve("data").resolve("node_3_utilisation.csv");
    }

    /** Puts a client together there; false when it has no Java of its own, because this JDK cannot make one. */
    boolean makeClient(Path folder, Path scratch) {
        try {
            var _ = Child.run(
                    scratch,
                    List.of(
                            home.resolve("bin").resolve("make-client").toString(),
                            folder.toString(),
                            "kiln-lstm-api",
                            "kiln-lstm-client"));
        } catch (IllegalStateException e) {
            if (!Files.exists(folder.resolve("client.options"))) {
                throw e;
            }
        }
        return Files.isExecutable(folder.resolve("runtime").resolve("bin").resolve("java"));
    }

    /** The command line of a client, up to the arguments of its main class. */
    static List<String> client(Path folder, String mainClass) {
        Path run = folder.resolve("run");
        List<String> command = Files.isExecutable(run)
                ? List.of(run.toString(), mainClass)
                : List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + folder.resolve("client.options"),
                        "-cp",
                        folder.resolve("lib") + "/*",
                        mainClass);
        return new ArrayList<>(command);
    }

    static Size sizeOfClient(Path folder) {
        return new Size(megabytes(folder.resolve("lib")), runtime(folder.resolve("runtime")), null);
    }

    /**
     * What a node needs: this distribution, and a Java of the modules that Kiln needs.
     *
     * @param scratch where one may be made to be measured, when the distribution has none; null to make none
     * @param torch whether LibTorch counts, as jars and unpacked
     */
    Size size(@Nullable Path scratch, boolean torch) {
        Path own = home.resolve("runtime");
        double kiln = megabytes(home) - megabytes(own) - megabytes(home.resolve("engines"));
        Double java = runtime(own);
        if (java == null && scratch != null) {
            Path made = scratch.resolve("server-runtime");
            try {
                var _ = Child.run(
                        scratch,
                        List.of(home.resolve("bin").resolve("make-runtime").toString(), made.toString()));
            } catch (IllegalStateException e) {
                // No jlink: a footnote says so.
                return new Size(kiln, null, torch ? torch() : null);
            }
            java = runtime(made);
        }
        return new Size(kiln, java, torch ? torch() : null);
    }

    private double torch() {
        String named = System.getenv("KILN_TORCH");
        Path jars = named == null || named.isBlank() ? home.resolve("engines").resolve("torch") : Path.of(named);
        return megabytes(jars) + megabytes(Path.of(System.getProperty("user.home"), ".javacpp"));
    }

    private static @Nullable Double runtime(Path folder) {
        return Files.isExecutable(folder.resolve("bin").resolve("java")) ? megabytes(folder) : null;
    }

    private static double megabytes(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                            .mapToLong(Installation::bytes)
                            .sum()
                    * 1e-6;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
