package dev.kiln.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Workflow;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What a JVM has used since it started.
 *
 * @param process its process id
 * @param allocated bytes of objects
 * @param sent bytes that its node sent to other nodes
 * @param collecting milliseconds of garbage collection
 * @param cpu nanoseconds of processors, the compiler's and the collector's included
 */
record Gauge(long process, long allocated, long sent, long collecting, long cpu) {

    static Gauge here() {
        long allocated = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? Math.max(0, threads.getTotalThreadAllocatedBytes())
                : 0;
        long collecting = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collecting += Math.max(0, collector.getCollectionTime());
        }
        long cpu = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuTime())
                : 0;
        return new Gauge(ProcessHandle.current().pid(), allocated, sentHere(), collecting, cpu);
    }

    /** All JVMs of a cluster together. */
    static Gauge of(Workflow workflow) {
        Map<Long, Gauge> byProcess = new HashMap<>();
        for (NodeInfo node : workflow.nodes()) {
            Gauge gauge = workflow.task(Kernels::gauge)
                    .on(Placement.node(node.name()))
                    .submit()
                    .get();
            byProcess.put(gauge.process, gauge);
        }
        return byProcess.values().stream().reduce(new Gauge(0, 0, 0, 0, 0), Gauge::plus);
    }

    private Gauge plus(Gauge other) {
        return new Gauge(
                process,
                allocated + other.allocated,
                sent + other.sent,
                collecting + other.collecting,
                cpu + other.cpu);
    }

    Gauge minus(Gauge before) {
        return new Gauge(
                process,
                allocated - before.allocated,
                sent - before.sent,
                collecting - before.collecting,
                cpu - before.cpu);
    }

    /** As the cluster's transport counts it; 0 where there is none. */
    private static long sentHere() {
        long sent = 0;
        try {
            MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
            for (String carrier : new String[] {"*:*,name=TcpCommunicationSpi", "dev.kiln:name=Data,*"}) {
                for (ObjectName name : beans.queryNames(new ObjectName(carrier), null)) {
                    if (beans.getAttribute(name, "SentBytesCount") instanceof Number bytes) {
                        sent += bytes.longValue();
                    }
                }
            }
        } catch (JMException absent) {
            // Then it is not known, which is as good as nothing.
            return 0;
        }
        return sent;
    }
}
