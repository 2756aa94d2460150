package dev.kiln.lstm.worker;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this JVM has used so far. Stateless. */
public final class Jvm implements Experiment.Clocks {

    /** Of whichever JVM it is asked in. */
    public Jvm() {}

    @Override
    public long time() {
        return System.nanoTime();
    }

    /** Of the whole JVM: the compiler's and the collector's threads count too. */
    @Override
    public long cpu() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** The most memory that was resident at once, in MB of 1e6 bytes; where the system does not say, the JVM's pools. */
    public static double peakMemoryMb() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024e-6;
                }
            }
        } catch (IOException e) {
            // Not Linux.
        }
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                        .sum()
                * 1e-6;
    }
}
