package dev.kiln.ignite;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a JVM that runs a node is started with. */
public final class JvmFlags {

    /** What Ignite 2.17 reaches into, as {@code module/package}. */
    private static final List<String> OPENED = List.of(
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.locks",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.time");

    /** Makes numerical code faster; further nodes have it if this JVM has. */
    private static final String VECTOR_API = "jdk.incubator.vector";

    /** The part of a heap for new objects begins with so many. */
    private static final long NEW_BYTES = 32L << 20;

    private JvmFlags() {}

    /** Without these Ignite does not start on JDK 25, or prints warnings. */
    public static List<String> required() {
        List<String> flags = new ArrayList<>();
        OPENED.forEach(target -> flags.add("--add-opens=" + target + "=ALL-UNNAMED"));
        flags.add("--sun-misc-unsafe-memory-access=allow");
        return List.copyOf(flags);
    }

    /** The packages that Ignite needs opened and that are not open in this JVM, as {@code module/package}. */
    public static List<String> missing() {
        Module base = Object.class.getModule();
        Module mine = JvmFlags.class.getModule();
        return OPENED.stream()
                .filter(target -> !base.isOpen(target.substring(target.indexOf('/') + 1), mine))
                .toList();
    }

    /** The class path of this JVM. */
    static List<String> classPath() {
        return List.of(System.getProperty("java.class.path", "").split(File.pathSeparator));
    }

    /**
     * The whole command that starts a further node; it is told everything else through its standard input.
     *
     * @param temporary where the node keeps temporary files, which go with the run
     */
    static List<String> node(IgniteClusterOptions options, Path temporary) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(required());
        command.add("-Xmx" + heap(options) / 1024 + "k");
        // A collector with one thread a slot would fight the tasks of the other nodes for the same processors.
        // Neither gives memory back after a full collection: a block of 1 GB would be paged in again for a second.
        command.addAll(
                options.slots() <= 2
                        ? List.of("-XX:+UseSerialGC", "-XX:MaxHeapFreeRatio=100")
                        : List.of(
                                "-XX:+UseParallelGC",
                                "-XX:-UseAdaptiveGenerationSizePolicyAtMajorCollection",
                                "-XX:GCTimeRatio=19"));
        // As conf/jvm.options has it: memory that was used before is the cheapest.
        command.add("-XX:NewSize=" + Math.min(NEW_BYTES, heap(options) / 4) / 1024 + "k");
        command.add("-XX:+UseCompactObjectHeaders");
        command.add("-XX:-UsePerfData");
        command.add("-Djava.net.preferIPv4Stack=true");
        // As the distribution has it, without which its start-up cache is not used.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(startUpCache());
        if (ModuleLayer.boot().findModule(VECTOR_API).isPresent()) {
            command.add("--add-modules=" + VECTOR_API);
        }
        command.add("-Djava.io.tmpdir=" + temporary);
        for (String passedOn : List.of("log4j2.configurationFile", "log4j.configurationFile")) {
            String value = System.getProperty(passedOn);
            if (value != null) {
                command.add("-D" + passedOn + "=" + value);
            }
        }
        command.add("-cp");
        command.add(String.join(File.pathSeparator, options.classPath()));
        command.add("dev.kiln.ignite.NodeMain");
        return command;
    }

    /** The start-up cache of this JVM fits further nodes too, which have the same class path. */
    private static List<String> startUpCache() {
        List<String> flags = new ArrayList<>();
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("-XX:AOTCache=") || flag.equals("-Xlog:disable")) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private static long heap(IgniteClusterOptions options) {
        if (options.heapBytes() > 0) {
            return options.heapBytes();
        }
        long machine =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean m
                        ? m.getTotalMemorySize()
                        : 4L << 30;
        return Math.clamp(machine / 2 / options.nodes(), 256L << 20, Math.max(machine / 4, 256L << 20));
    }
}
