package dev.kiln.dislib.data;

import dev.kiln.dislib.DenseBlock;
import dev.kiln.tasks.Task;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** The tasks that read a file. */
final class LoadTasks {

    private LoadTasks() {}

    /** Counts the lines that begin from byte {@code from} up to byte {@code to}, exclusive. */
    @Task(name = "index")
    static RangeIndex index(Layout layout, long from, long to, int stride) {
        try (var reader = open(layout, Math.max(layout.dataStart(), from - 1))) {
            long[] offsets = new long[16];
            long[] linesBefore = new long[16];
            int noted = 0;
            long lines = 0;
            long rows = 0;
            int largest = 0;
            long values = 0;
            // A line begins in the range if the byte before it, the LF of the last line, is at from - 1 or later.
            boolean inside = from <= layout.dataStart() || reader.skipLine(to);
            while (inside && reader.nextOffset() < to && reader.next()) {
                if (!layout.isBlank(reader.bytes(), reader.start(), reader.end())) {
                    if (rows % stride == 0) {
                        if (noted == offsets.length) {
                            offsets = Arrays.copyOf(offsets, 2 * noted);
                            linesBefore = Arrays.copyOf(linesBefore, 2 * noted);
                        }
                        offsets[noted] = reader.offset();
                        linesBefore[noted++] = lines;
                    }
                    if (layout.format() == TextFormat.LIBSVM) {
                        largest = Math.max(
                                largest, LibsvmRows.largestIndex(reader.bytes(), reader.start(), reader.end()));
                        values += LibsvmRows.values(reader.bytes(), reader.start(), reader.end());
                    }
                    rows++;
                }
                lines++;
            }
            return new RangeIndex(
                    lines,
                    rows,
                    largest,
                    values,
                    stride,
                    Arrays.copyOf(offsets, noted),
                    Arrays.copyOf(linesBefore, noted));
        } catch (IOException e) {
            throw cannotRead(layout, e);
        }
    }

    /** Parses the rows of a block; {@code allowed} are the labels that may occur, any when empty. */
    @Task(name = "load")
    static LabelledBlock load(Layout layout, BlockPlan plan, int features, boolean sparse, List<String> allowed) {
        var sink = RowSink.of(sparse, plan.rows(), features);
        var weights = DoubleStream.builder();
        var labels = new LabelCollector(plan.rows(), allowed);
        var parser = RowParser.of(layout, features, labels, weights);
        try (var reader = open(layout, plan.offset())) {
            long line = plan.line() - 1;
            int row = -plan.skip();
            while (row < plan.rows()) {
                if (!reader.next()) {
                    throw BadDataException.inFile(layout.shown(), "the file was changed while it was read");
                }
                line++;
                if (layout.isBlank(reader.bytes(), reader.start(), reader.end())) {
                    continue;
                }
                if (row >= 0) {
                    var place = new Place(layout.shown(), line, reader.bytes(), reader.start());
                    parser.parse(place, reader.end(), sink);
                    sink.endRow();
                }
                row++;
            }
        } catch (IOException e) {
            throw cannotRead(layout, e);
        }
        LabelBlock block = labels.toBlock();
        double[] weighed = weights.build().toArray();
        return new LabelledBlock(
                sink.toBlock(), block, LabelCounts.of(block), new DenseBlock(weighed.length, 1, weighed));
    }

    private static LineReader open(Layout layout, long offset) throws IOException {
        return new LineReader(Path.of(layout.file()), layout.shown(), offset);
    }

    private static BadDataException cannotRead(Layout layout, IOException e) {
        return BadDataException.inFile(
                layout.shown(),
                e instanceof NoSuchFileException
                        ? "this file is missing on a node that has to read it; put it where every node finds it"
                        : "cannot be read: " + e);
    }
}
