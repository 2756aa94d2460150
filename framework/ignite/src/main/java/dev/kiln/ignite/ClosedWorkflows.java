package dev.kiln.ignite;

import dev.kiln.engine.NodeLoad;
import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.cluster.WorkflowReport;
import dev.kiln.tasks.WorkflowStats;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the workflows of a cluster did that are closed, so that it counts on. Thread-safe. */
final class ClosedWorkflows {

    private static final long PATIENCE_MILLIS = 500;

    /** Guarded by this object. */
    private WorkflowReport ended = new WorkflowReport(new WorkflowStats(0, 0, 0, 0, 0, 0), List.of());

    /** A workflow that was just closed, and answers at once. */
    void add(ClusterLink.Endpoint closed) {
        WorkflowReport last = closed.report().getNow(null);
        if (last == null) {
            return;
        }
        synchronized (this) {
            ended = sum(ended, last);
        }
    }

    /** With those that are open; one that does not answer in time is left out. */
    WorkflowReport and(List<ClusterLink.Endpoint> open) {
        WorkflowReport all;
        synchronized (this) {
            all = ended;
        }
        for (ClusterLink.Endpoint each : open) {
            try {
                all = sum(all, each.report().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException | ExecutionException busy) {
                // The next look sees it.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return all;
    }

    private static WorkflowReport sum(WorkflowReport a, WorkflowReport b) {
        Map<Integer, NodeLoad> nodes = new TreeMap<>();
        a.nodes().forEach(load -> nodes.put(load.node(), load));
        b.nodes().forEach(load -> nodes.merge(load.node(), load, ClosedWorkflows::sum));
        WorkflowStats x = a.stats();
        WorkflowStats y = b.stats();
        return new WorkflowReport(
                new WorkflowStats(
                        x.submitted() + y.submitted(),
                        x.done() + y.done(),
                        x.failed() + y.failed(),
                        x.running() + y.running(),
                        x.repeated() + y.repeated(),
                        x.bytesMoved() + y.bytesMoved(),
                        x.restored() + y.restored()),
                List.copyOf(nodes.values()));
    }

    private static NodeLoad sum(NodeLoad a, NodeLoad b) {
        return new NodeLoad(
                a.node(),
                a.running() + b.running(),
                a.waiting() + b.waiting(),
                a.finished() + b.finished(),
                a.leaving() || b.leaving());
    }
}
