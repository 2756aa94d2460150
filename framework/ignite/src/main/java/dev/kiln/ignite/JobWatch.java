package dev.kiln.ignite;

import dev.kiln.engine.NodeLoad;
import dev.kiln.runtime.cluster.WorkflowReport;
import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.WorkflowStats;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.ignite.cluster.ClusterMetrics;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a running job and those outside it tell each other, by files in its folder: once a second it writes how it is, and
 * looks which nodes are to leave. All but the constructor is done by a thread of its own, and what
 * {@link #close} does when that has ended: it says how it was in the end.
 */
final class JobWatch implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(JobWatch.class);
    private static final long PERIOD_MILLIS = 1000;

    private final JobFolder folder;
    private final IgniteNode node;
    private final DriverLink drivers;
    private final IntFunction<CompletableFuture<Void>> remove;
    private final Thread thread;
    private final Set<Integer> known = new HashSet<>();
    private final Set<Integer> leaving = new HashSet<>();

    private JobWatch(
            JobFolder folder, IgniteNode node, DriverLink drivers, IntFunction<CompletableFuture<Void>> remove) {
        this.folder = folder;
        this.node = node;
        this.drivers = drivers;
        this.remove = remove;
        known.addAll(drivers.members().keySet());
        thread = Thread.ofPlatform().daemon().name("kiln-job-watch").unstarted(this::run);
    }

    /**
     * Begins to watch.
     *
     * @param remove has a node leave
     */
    static JobWatch start(
            JobFolder folder, IgniteNode node, DriverLink drivers, IntFunction<CompletableFuture<Void>> remove) {
        var watch = new JobWatch(folder, node, drivers, remove);
        drivers.onFirstTask(() -> {
            Instant now = Instant.now();
            Thread.ofVirtual().start(() -> folder.firstTask(now));
        });
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                noticeJoined();
                beginLeaving();
                folder.status(text());
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("the status of the job cannot be written any more: {}", e.getMessage());
        } catch (IllegalStateException closing) {
            // Ignite stops, and the job with it.
            LOG.debug("the job is no longer watched: {}", closing.getMessage());
        }
    }

    private void noticeJoined() {
        for (int rank : drivers.members().keySet()) {
            if (known.add(rank)) {
                folder.event(Instant.now(), folder.host(rank) + " has joined");
            }
        }
    }

    private void beginLeaving() {
        for (int rank : folder.wantedToLeave()) {
            if (drivers.members().containsKey(rank) && leaving.add(rank)) {
                folder.event(Instant.now(), folder.host(rank) + " is to leave");
                var _ = remove.apply(rank)
                        .whenComplete((done, lost) -> folder.event(
                                Instant.now(),
                                folder.host(rank) + (lost == null ? " has left" : " was lost before it had left")));
            }
        }
    }

    /** A line of the whole, then one for each node; see docs/slurm.md. */
    private String text() {
        WorkflowReport report = drivers.report();
        WorkflowStats stats = report.stats();
        var text = new StringBuilder()
                .append("time ")
                .append(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .append("\ntasks ")
                .append(stats.submitted())
                .append(' ')
                .append(stats.done())
                .append(' ')
                .append(stats.failed())
                .append(' ')
                .append(stats.running())
                .append(' ')
                .append(stats.repeated())
                .append(' ')
                .append(stats.restored())
                .append("\nmoved ")
                .append(stats.bytesMoved())
                .append('\n');
        Map<Integer, NodeLoad> loads = new HashMap<>();
        report.nodes().forEach(load -> loads.put(load.node(), load));
        Map<Integer, ClusterMetrics> metrics = new TreeMap<>();
        for (ClusterNode each : node.ignite().cluster().nodes()) {
            metrics.put(ShardAffinity.rankOf(each), each.metrics());
        }
        drivers.members()
                .forEach((rank, info) -> text.append(line(
                        rank, info, loads.getOrDefault(rank, new NodeLoad(rank, 0, 0, 0, false)), metrics.get(rank))));
        return text.toString();
    }

    private String line(int rank, NodeInfo info, NodeLoad load, @Nullable ClusterMetrics used) {
        String host = folder.host(rank);
        return "node " + rank + " " + host.substring(host.lastIndexOf(' ') + 1) + " " + info.slots() + " "
                + load.running() + " " + load.waiting() + " " + load.finished() + " "
                + (used == null ? 0 : Math.max(0, Math.round(100 * used.getCurrentCpuLoad()))) + " "
                + (used == null ? 0 : used.getHeapMemoryUsed()) + " " + (used == null ? 0 : used.getHeapMemoryMaximum())
                + (load.leaving() || leaving.contains(rank) ? " leaving" : "") + "\n";
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PERIOD_MILLIS);
            folder.status(text());
        } catch (IOException | IllegalStateException e) {
            LOG.debug("the last status of the job is not written: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
