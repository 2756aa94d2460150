package dev.kiln.dislib.data;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.shard;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.Shape;
import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.TaskFailedException;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * One load of a file. First, tasks find out where the rows begin, each in a range of bytes; then tasks parse the rows,
 * each those of a block. So the file is read twice, and what a block holds does not depend on the ranges.
 */
final class Loading {

    /** Rows whose place is noted, for each block: a task reads this part of a block in vain at most. */
    private static final int NOTES_PER_BLOCK = 16;

    private final Workflow wf;
    private final DataFile request;

    Loading(Workflow wf, DataFile request) {
        this.wf = wf;
        this.request = request;
    }

    Loaded run() {
        Layout layout = Inspection.of(request);
        try {
            return load(layout);
        } catch (TaskFailedException e) {
            if (e.getCause() instanceof BadDataException bad) {
                throw bad;
            }
            throw e;
        }
    }

    private Loaded load(Layout layout) {
        List<RangeIndex> index = index(layout);
        long rows = index.stream().mapToLong(RangeIndex::rows).sum();
        if (rows == 0) {
            throw BadDataException.inFile(
                    layout.shown(), "there are comments only; expected a row of data on each line");
        }
        int features = features(layout, index);
        int blockRows = (int) Math.min(request.blockRows(), rows);
        long values = index.stream().mapToLong(RangeIndex::values).sum();
        boolean sparse = request.sparsity().isSparse(layout.format(), values, rows, features);
        if (!sparse && (long) features * blockRows > Integer.MAX_VALUE - 8) {
            throw BadDataException.inFile(
                    layout.shown(),
                    blockRows + " rows of " + features + " features are too much for one dense block; use"
                            + " at most " + Math.max(1, (Integer.MAX_VALUE - 8) / features)
                            + " block rows, or sparse blocks");
        }
        List<BlockPlan> plans = BlockPlans.of(layout, index, blockRows);
        List<Ref<LabelledBlock>> parsed = new ArrayList<>();
        for (BlockPlan plan : plans) {
            parsed.add(wf.task(LoadTasks::load)
                    .on(shard(parsed.size() % Placement.SHARDS))
                    .submit(
                            value(layout),
                            value(plan),
                            value(features),
                            value(sparse),
                            value(request.allowedLabels())));
        }
        SortedMap<String, Long> counts = checked(parsed);
        List<List<Ref<Block>>> grid = new ArrayList<>();
        List<Ref<LabelBlock>> labels = new ArrayList<>();
        List<List<Ref<Block>>> weights = new ArrayList<>();
        for (Ref<LabelledBlock> block : parsed) {
            grid.add(List.of(block.part(LabelledBlock::features)));
            labels.add(block.part(LabelledBlock::labels));
            if (layout.weight() >= 0) {
                weights.add(List.of(block.part(LabelledBlock::weights)));
            }
        }
        var x = DsArray.ofBlocks(wf, new Shape(rows, features), new BlockShape(blockRows, features), grid);
        boolean labelled = layout.format() == TextFormat.LIBSVM || layout.label() >= 0;
        return new Loaded(
                x,
                new Labels(wf, labelled ? rows : 0, blockRows, labelled ? labels : List.of(), counts),
                layout.weight() < 0
                        ? null
                        : DsArray.ofBlocks(wf, new Shape(rows, 1), new BlockShape(blockRows, 1), weights),
                names(layout),
                sparse);
    }

    private List<RangeIndex> index(Layout layout) {
        int stride = Math.max(1, request.blockRows() / NOTES_PER_BLOCK);
        List<Ref<RangeIndex>> ranges = new ArrayList<>();
        for (long from = layout.dataStart(); from < layout.size(); from += request.rangeBytes()) {
            long to = Math.min(layout.size(), from + request.rangeBytes());
            ranges.add(wf.task(LoadTasks::index).submit(value(layout), value(from), value(to), value(stride)));
        }
        List<RangeIndex> index = ranges.stream().map(Ref::get).toList();
        ranges.forEach(Ref::delete);
        return index;
    }

    private int features(Layout layout, List<RangeIndex> index) {
        if (layout.format() == TextFormat.CSV) {
            return layout.csvFeatures();
        }
        int largest = index.stream().mapToInt(RangeIndex::largestIndex).max().orElse(0);
        // Lines without any feature are rows of zeros; an array has a column all the same.
        return request.features().orElse(Math.max(1, largest));
    }

    /** Waits for the blocks in the order of the file, so that of several faults the first is thrown. */
    private static SortedMap<String, Long> checked(List<Ref<LabelledBlock>> blocks) {
        SortedMap<String, Long> counts = LabelCounts.none();
        try {
            for (Ref<LabelledBlock> block : blocks) {
                block.part(LabelledBlock::counts).get().addTo(counts);
            }
        } catch (TaskFailedException e) {
            blocks.forEach(Ref::delete);
            throw e;
        }
        return counts;
    }

    private static List<String> names(Layout layout) {
        List<String> names = new ArrayList<>(layout.names());
        if (!names.isEmpty()) {
            // The one further right first, so that the other keeps its place.
            IntStream.of(layout.label(), layout.weight())
                    .filter(column -> column >= 0)
                    .boxed()
                    .sorted(Comparator.reverseOrder())
                    .forEach(column -> names.remove((int) column));
        }
        return List.copyOf(names);
    }
}
