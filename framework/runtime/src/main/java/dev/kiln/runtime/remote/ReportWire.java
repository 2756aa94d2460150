package dev.kiln.runtime.remote;

import dev.kiln.engine.NodeLoad;
import dev.kiln.runtime.cluster.WorkflowReport;
import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.codec.ByteSource;
import dev.kiln.tasks.WorkflowStats;
import java.util.ArrayList;
import java.util.List;

/** How far a workflow is, as bytes. */
final class ReportWire {

    private ReportWire() {}

    static void write(WorkflowReport report, ByteSink out) {
        WorkflowStats stats = report.stats();
        out.varint(stats.submitted());
        out.varint(stats.done());
        out.varint(stats.failed());
        out.varint(stats.running());
        out.varint(stats.repeated());
        out.varint(stats.bytesMoved());
        out.varint(stats.restored());
        out.varint(report.nodes().size());
        for (NodeLoad node : report.nodes()) {
            out.varint(node.node());
            out.varint(node.running());
            out.varint(node.waiting());
            out.varint(node.finished());
            out.u8(node.leaving() ? 1 : 0);
        }
    }

    static WorkflowReport read(ByteSource in) {
        var stats = new WorkflowStats(
                in.varint(), in.varint(), in.varint(), in.varint(), in.varint(), in.varint(), in.varint());
        List<NodeLoad> nodes = new ArrayList<>();
        for (int i = in.count(); i > 0; i--) {
            in.arrived();
            nodes.add(new NodeLoad((int) in.varint(), (int) in.varint(), (int) in.varint(), in.varint(), in.u8() == 1));
        }
        return new WorkflowReport(stats, nodes);
    }
}
