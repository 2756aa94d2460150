package dev.kiln.runtime.cluster;

import dev.kiln.engine.NodeLoad;
import dev.kiln.tasks.WorkflowStats;
import java.util.List;

/**
 * How far a workflow is.
 *
 * @param stats of all of it
 * @param nodes of each node that is up
 */
public record WorkflowReport(WorkflowStats stats, List<NodeLoad> nodes) {

    /** Copies the list. */
    public WorkflowReport {
        nodes = List.copyOf(nodes);
    }
}
