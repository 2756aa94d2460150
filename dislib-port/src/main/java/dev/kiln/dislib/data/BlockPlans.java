package dev.kiln.dislib.data;

import java.util.ArrayList;
import java.util.List;

/** Turns what is known of the ranges of a file into where each block begins. */
final class BlockPlans {

    private BlockPlans() {}

    static List<BlockPlan> of(Layout layout, List<RangeIndex> ranges, int blockRows) {
        long total = ranges.stream().mapToLong(RangeIndex::rows).sum();
        List<BlockPlan> plans = new ArrayList<>();
        long rowsBefore = 0;
        long line = layout.firstLine();
        long first = 0;
        for (RangeIndex range : ranges) {
            for (; first < rowsBefore + range.rows(); first += blockRows) {
                long row = first - rowsBefore;
                int note = Math.toIntExact(row / range.stride());
                int rows = (int) Math.min(blockRows, total - first);
                int skip = (int) (row % range.stride());
                plans.add(new BlockPlan(rows, range.offsets()[note], line + range.linesBefore()[note], skip));
            }
            rowsBefore += range.rows();
            line += range.lines();
        }
        return plans;
    }
}
