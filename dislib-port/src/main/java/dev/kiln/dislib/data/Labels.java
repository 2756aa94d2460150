package dev.kiln.dislib.data;

import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.near;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.Shape;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * The labels of the rows of an array, in the same blocks, each on the node that holds the rows. Numbers count by value:
 * {@code 1}, {@code +1} and {@code 1.0} are the label {@code 1}. Immutable and thread-safe.
 */
public final class Labels {

    private final Workflow workflow;
    private final long rows;
    private final int rowsOfBlock;
    private final List<Ref<LabelBlock>> blocks;
    private final SortedMap<String, Long> counts;

    Labels(
            Workflow workflow,
            long rows,
            int rowsOfBlock,
            List<Ref<LabelBlock>> blocks,
            SortedMap<String, Long> counts) {
        this.workflow = workflow;
        this.rows = rows;
        this.rowsOfBlock = rowsOfBlock;
        this.blocks = List.copyOf(blocks);
        this.counts = Collections.unmodifiableSortedMap(counts);
    }

    /** How a label is written here, however a file or a user writes it. */
    public static String canonical(String label) {
        return LabelNames.canonical(label);
    }

    /** The different labels: numbers by value, then other texts in the order of their characters. */
    public List<String> distinct() {
        return List.copyOf(counts.keySet());
    }

    /** How many rows have each label, in the order of {@link #distinct}. */
    public SortedMap<String, Long> counts() {
        return counts;
    }

    /** The number of rows. */
    public long rows() {
        return rows;
    }

    /** The labels of each block row of the array. */
    public List<Ref<LabelBlock>> blocks() {
        return blocks;
    }

    /**
     * A column with +1 where a row has this label and -1 elsewhere, in the blocks of the array, made where they are.
     *
     * @param positive as a user writes it
     * @throws IllegalArgumentException when no row has this label
     */
    public DsArray signs(String positive) {
        String name = canonical(positive);
        if (!counts.containsKey(name)) {
            throw new IllegalArgumentException(
                    "no row has the label '" + positive + "'; the labels are " + String.join(", ", distinct()));
        }
        return column(name);
    }

    /** As {@link #signs}, for rows none of which may have the label. */
    public DsArray signsOrNone(String positive) {
        return column(canonical(positive));
    }

    /** A column with the place of each row's label in these, from 0, or -1, in the blocks of the array. */
    public DsArray codes(List<String> classes) {
        List<List<Ref<Block>>> grid = new ArrayList<>();
        for (Ref<LabelBlock> block : blocks) {
            grid.add(List.of(
                    workflow.task(LabelTasks::codes).on(near(block)).submit(block, value(List.copyOf(classes)))));
        }
        return DsArray.ofBlocks(workflow, new Shape(rows, 1), new BlockShape(rowsOfBlock, 1), grid);
    }

    /**
     * A column with each row's label as a number, in the blocks of the array, made where they are.
     *
     * @throws IllegalArgumentException when a label is no number
     */
    public DsArray numbers() {
        for (String label : counts.keySet()) {
            if (!LabelNames.isNumber(label)) {
                throw new IllegalArgumentException("the label '" + label + "' is no number; expected numbers alone");
            }
        }
        List<List<Ref<Block>>> grid = new ArrayList<>();
        for (Ref<LabelBlock> block : blocks) {
            grid.add(List.of(workflow.task(LabelTasks::numbers).on(near(block)).submit(block)));
        }
        return DsArray.ofBlocks(workflow, new Shape(rows, 1), new BlockShape(rowsOfBlock, 1), grid);
    }

    private DsArray column(String name) {
        List<List<Ref<Block>>> grid = new ArrayList<>();
        for (Ref<LabelBlock> block : blocks) {
            grid.add(List.of(workflow.task(LabelTasks::signs).on(near(block)).submit(block, value(name))));
        }
        return DsArray.ofBlocks(workflow, new Shape(rows, 1), new BlockShape(rowsOfBlock, 1), grid);
    }
}
