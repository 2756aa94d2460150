package dev.kiln.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code kiln doctor} looks at. Every check is a function of what it is given, so that a bad case can be tested. */
final class Checks {

    private static final long MIB = 1L << 20;
    private static final long STORED_BLOCKS = 1024 * MIB;
    private static final Runtime.Version WANTED = Runtime.Version.parse("25.0.3");
    private static final List<String> OPENS = List.of(
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.locks",
            "java.lang",
            "java.lang.invoke",
            "java.time");

    private Checks() {}

    /** All checks, of this machine. */
    static List<Finding> all() {
        long physical =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                        ? os.getTotalMemorySize()
                        : Long.MAX_VALUE;
        Path temp = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        String home = System.getProperty("kiln.home");
        return List.of(
                java(Runtime.version()),
                flags(closedPackages()),
                memory(physical, Runtime.getRuntime().maxMemory()),
                ports(),
                temp(temp),
                processors(Runtime.getRuntime().availableProcessors()),
                startCache(home == null ? null : Path.of(home)));
    }

    static Finding java(Runtime.Version version) {
        if (version.compareToIgnoreOptional(WANTED) < 0) {
            return Finding.bad("java", version + ", expected 25.0.3 or newer", "install a newer JDK 25");
        }
        return Finding.ok("java", version + " (Ignite 2.17 does not officially support 25; Kiln is tested on 25.0.3)");
    }

    /** Packages that Ignite reaches into by reflection and that the JVM was not told to open. */
    private static List<String> closedPackages() {
        Module base = Object.class.getModule();
        Module ours = Checks.class.getModule();
        return OPENS.stream().filter(p -> !base.isOpen(p, ours)).toList();
    }

    static Finding flags(List<String> closed) {
        if (closed.isEmpty()) {
            return Finding.ok("flags", "every package that Ignite needs is open");
        }
        return Finding.bad(
                "flags",
                "closed to Ignite: " + String.join(", ", closed),
                "start with bin/kiln, or pass @conf/jvm.options to java");
    }

    /**
     * Memory of the machine, or of the container, against what one node wants.
     *
     * @param total in bytes
     * @param heap the largest that the heap may grow, in bytes
     */
    static Finding memory(long total, long heap) {
        String found =
                mib(total) + " in all, " + mib(heap) + " of it heap, " + mib(STORED_BLOCKS) + " for stored blocks";
        if (heap + STORED_BLOCKS > total) {
            return Finding.bad("memory", found, "give --memory less than 1g, or KILN_OPTS=-Xmx... less heap");
        }
        if (heap < 512 * MIB) {
            return Finding.note("memory", found, "large blocks need more heap: KILN_OPTS=-Xmx2g");
        }
        return Finding.ok("memory", found);
    }

    private static Finding ports() {
        try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Finding.ok(
                    "ports", "free ones on loopback, such as " + one.getLocalPort() + ", " + two.getLocalPort());
        } catch (IOException e) {
            return Finding.bad(
                    "ports",
                    "cannot listen on " + InetAddress.getLoopbackAddress() + ": " + e.getMessage(),
                    "bring the loopback interface up");
        }
    }

    static Finding temp(Path folder) {
        try {
            Path probe = Files.createTempFile(folder, "kiln-doctor", null);
            Files.delete(probe);
            long free = Files.getFileStore(folder).getUsableSpace();
            String found = folder + ", " + mib(free) + " free";
            return free < 256 * MIB
                    ? Finding.bad("temp", found, "free 256 MiB there, or set KILN_OPTS=-Djava.io.tmpdir=FOLDER")
                    : Finding.ok("temp", found);
        } catch (IOException e) {
            return Finding.bad(
                    "temp",
                    "cannot write to " + folder + ": " + Outcomes.described(e),
                    "set KILN_OPTS=-Djava.io.tmpdir=FOLDER");
        }
    }

    static Finding processors(int count) {
        return count == 1
                ? Finding.note("processors", "1", "tasks run one at a time")
                : Finding.ok("processors", Integer.toString(count));
    }

    /** The file that shortens the start of a cluster; the JVM ignores it when a jar is not the one it was made with. */
    static Finding startCache(@Nullable Path home) {
        if (home == null) {
            return Finding.note("start cache", "not started from a distribution", "start with bin/kiln");
        }
        Path lib = home.resolve("lib");
        Path cache = lib.resolve("cluster.aot");
        String cure = "clusters start more slowly; run " + home.resolve("bin/make-start-cache");
        if (!Files.exists(cache)) {
            return Finding.note("start cache", "absent", cure);
        }
        try {
            var newer = new ArrayList<String>();
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(lib, "*.jar")) {
                for (Path jar : jars) {
                    if (Files.getLastModifiedTime(jar).compareTo(Files.getLastModifiedTime(cache)) > 0) {
                        newer.add(Objects.requireNonNull(jar.getFileName()).toString());
                    }
                }
            }
            return newer.isEmpty()
                    ? Finding.ok("start cache", mib(Files.size(cache)))
                    : Finding.note("start cache", "older than " + newer.getFirst(), cure);
        } catch (IOException e) {
            return Finding.note("start cache", Outcomes.described(e), cure);
        }
    }

    private static String mib(long bytes) {
        return bytes / MIB + " MiB";
    }
}
