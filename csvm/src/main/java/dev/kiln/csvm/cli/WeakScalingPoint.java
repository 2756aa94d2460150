package dev.kiln.csvm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One point of {@code weak-scaling}; with {@code --json} an object of these names in this order.
 *
 * @param processors as many as the point is about
 * @param nodes JVMs
 * @param slots of each node
 * @param blocks in all
 * @param blockRows rows of a block
 * @param rows in all
 * @param placement affinity or random
 * @param feedback classic or violators
 * @param seconds of training
 * @param efficiency the seconds of the first point by those of this one
 * @param tasks of the training
 * @param bytesMoved between nodes
 * @param rounds or passes
 * @param supportVectors rows
 * @param accuracy on rows not trained on
 */
record WeakScalingPoint(
        int processors,
        int nodes,
        int slots,
        int blocks,
        int blockRows,
        long rows,
        String placement,
        String feedback,
        double seconds,
        double efficiency,
        long tasks,
        long bytesMoved,
        int rounds,
        int supportVectors,
        double accuracy) {

    /** With a line of names. */
    static String csv(List<WeakScalingPoint> points) {
        var text = new StringBuilder("processors,nodes,slots,blocks,block_rows,rows,placement,feedback,seconds,"
                + "efficiency,tasks,bytes_moved,rounds,support_vectors,accuracy\n");
        for (WeakScalingPoint p : points) {
            text.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%d,%d,%d,%d,%s,%s,%.4f,%.4f,%d,%d,%d,%d,%.6f%n",
                    p.processors,
                    p.nodes,
                    p.slots,
                    p.blocks,
                    p.blockRows,
                    p.rows,
                    p.placement,
                    p.feedback,
                    p.seconds,
                    p.efficiency,
                    p.tasks,
                    p.bytesMoved,
                    p.rounds,
                    p.supportVectors,
                    p.accuracy));
        }
        return text.toString();
    }

    /** As people read it. */
    static List<String> table(List<WeakScalingPoint> points) {
        List<String> lines = new ArrayList<>();
        lines.add("processors      rows  blocks   seconds  efficiency    tasks    bytes moved      SVs  accuracy");
        for (WeakScalingPoint p : points) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%10d %9d %7d %9.2f %11.2f %8d %14d %8d %7.2f %%",
                    p.processors,
                    p.rows,
                    p.blocks,
                    p.seconds,
                    p.efficiency,
                    p.tasks,
                    p.bytesMoved,
                    p.supportVectors,
                    100 * p.accuracy));
        }
        return lines;
    }
}
