package dev.kiln.dislib.preprocessing;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.tasks.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tasks that {@link StandardScaler} submits. */
final class ScalerTasks {

    private ScalerTasks() {}

    @Task
    static Moments moments(Block block) {
        return Moments.of(block);
    }

    /** Merges in pairs, in a tree, so that the error of rounding grows with the logarithm of the number. */
    @Task(name = "mergeMoments")
    static Moments merge(List<Moments> parts) {
        List<Moments> level = parts;
        while (level.size() > 1) {
            List<Moments> above = new ArrayList<>((level.size() + 1) / 2);
            for (int i = 0; i < level.size(); i += 2) {
                above.add(i + 1 < level.size() ? level.get(i).and(level.get(i + 1)) : level.get(i));
            }
            level = above;
        }
        return level.getFirst();
    }

    @Task
    static Block standardize(Block block, double[] means, double[] deviations) {
        if (block instanceof CsrBlock sparse && Arrays.stream(means).allMatch(mean -> mean == 0)) {
            return divided(sparse, deviations);
        }
        DenseBlock dense = block.toDense();
        var scaled = new double[dense.values().length];
        int columns = dense.columns();
        for (int i = 0, at = 0; i < dense.rows(); i++) {
            for (int j = 0; j < columns; j++, at++) {
                scaled[at] = StandardScaler.Model.scale(dense.values()[at], means[j], deviations[j]);
            }
        }
        return new DenseBlock(dense.rows(), columns, scaled);
    }

    /** Zeros stay zeros. */
    private static CsrBlock divided(CsrBlock block, double[] deviations) {
        var scaled = new double[block.stored()];
        for (int p = 0; p < scaled.length; p++) {
            scaled[p] = StandardScaler.Model.scale(block.values()[p], 0, deviations[block.indices()[p]]);
        }
        return new CsrBlock(block.rows(), block.columns(), block.starts(), block.indices(), scaled);
    }
}
