package dev.kiln.lstm.worker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Samples the resident memory of another process, as {@code /proc} says it, from its creation until it is closed or the
 * process ends. Thread-safe; the sums are guarded by its lock.
 */
final class MemoryWatch implements AutoCloseable {

    private static final long PERIOD_NANOS = 20_000_000;
    private static final double MB_OF_KB = 1024e-6;

    private final Path status;
    private final Thread thread;
    private volatile boolean closed;
    private double sum;
    private long samples;
    private double peak;

    MemoryWatch(long process) {
        status = Path.of("/proc", Long.toString(process), "status");
        thread = Thread.ofPlatform().daemon().name("kiln-memory-watch").start(this::watch);
    }

    private void watch() {
        while (!closed && sample()) {
            LockSupport.parkNanos(PERIOD_NANOS);
        }
    }

    /** False when the process is gone, or the system is not Linux. */
    private boolean sample() {
        double now = 0;
        double most = 0;
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmRSS:")) {
                    now = kilobytes(line);
                } else if (line.startsWith("VmHWM:")) {
                    most = kilobytes(line);
                }
            }
        } catch (IOException e) {
            return false;
        }
        if (now > 0) {
            add(now * MB_OF_KB, most * MB_OF_KB);
        }
        return true;
    }

    private static double kilobytes(String line) {
        return Double.parseDouble(line.replaceAll("\\D", ""));
    }

    private synchronized void add(double now, double most) {
        sum += now;
        samples++;
        peak = Math.max(peak, most);
    }

    /** The mean over time, in MB of 1e6 bytes; NaN where nothing could be sampled. */
    synchronized double meanMb() {
        return samples == 0 ? Double.NaN : sum / samples;
    }

    /** The most that the process had at once since it began, likewise. */
    synchronized double peakMb() {
        return samples == 0 ? Double.NaN : peak;
    }

    @Override
    public void close() {
        if (!closed) {
            sample();
        }
        closed = true;
        LockSupport.unpark(thread);
    }
}
