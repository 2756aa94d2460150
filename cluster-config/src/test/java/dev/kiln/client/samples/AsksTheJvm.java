package dev.kiln.client.samples;

import java.lang.management.ManagementFactory;

public final class AsksTheJvm {
    long uptime() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }
}
