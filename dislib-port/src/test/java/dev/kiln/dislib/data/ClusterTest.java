package dev.kiln.dislib.data;

import static dev.kiln.dislib.BlockShape.blocks;
import static dev.kiln.dislib.Seed.seed;
import static dev.kiln.dislib.Shape.shape;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kiln.dislib.DenseBlock;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a cluster whose nodes work at once, everything is as when one task runs after the other. */
class ClusterTest {

    private static final Path TRAIN = Path.of("..", "examples", "data", "magic04.train.csv");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "2, 1", "3, 2"})
    void the_same_bits_on_any_number_of_nodes_and_slots(int nodes, int slots) {
        Function<Workflow, DenseBlock> program = wf -> {
            Loaded train = DataFile.at(TRAIN).blockRows(700).rangeBytes(100_000).load(wf);
            return new StandardScaler().fit(train.x()).transform(train.x()).collect();
        };
        DenseBlock expected;
        try (var wf = InlineBackend.workflow()) {
            expected = program.apply(wf);
        }
        try (var cluster = LocalCluster.start(nodes, slots);
                var wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
            assertEquals(expected, program.apply(wf));
        }
    }

    @Test
    void of_several_faults_the_first_is_told_though_blocks_are_parsed_at_once() throws IOException {
        try (var cluster = LocalCluster.start(2, 2)) {
            for (int i = 0; i < 10; i++) {
                var random = new SplittableRandom(i);
                var text = new StringBuilder();
                int first = 0;
                for (int line = 1; line <= 2_000; line++) {
                    boolean bad = line > 1 && random.nextInt(300) == 0;
                    first = bad && first == 0 ? line : first;
                    text.append(bad ? "1,x,g\n" : "1,2,g\n");
                }
                Path path = Files.writeString(folder.resolve("bad.csv"), text);
                try (var wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
                    var refused = assertThrows(
                            BadDataException.class,
                            () -> DataFile.at(path)
                                    .blockRows(10)
                                    .rangeBytes(100)
                                    .load(wf));
                    assertEquals(path + ":" + first + ":3: expected a number, found 'x'", refused.getMessage());
                }
            }
        }
    }

    @Test
    void random_arrays_and_labels_are_those_of_one_node() {
        try (var cluster = LocalCluster.start(3, 1);
                var wf = new Workflow(cluster.open(getClass().getClassLoader()));
                var inline = InlineBackend.workflow()) {
            assertEquals(
                    DsArray.random(inline, shape(40, 9), blocks(40, 9), seed(7)).collect(),
                    DsArray.random(wf, shape(40, 9), blocks(6, 4), seed(7)).collect());
            assertEquals(
                    DataFile.at(TRAIN).load(inline).labels().signs("g").collect(),
                    DataFile.at(TRAIN).load(wf).labels().signs("g").collect());
        }
    }

    @Test
    void what_tasks_take_and_give_can_travel() {
        var codec = new ValueCodec(getClass().getClassLoader());
        var layout = new Layout("/a", "a", 9, TextFormat.CSV, ',', 3, 2, -1, List.of("a", "b", "c"), 4, 2);
        var plan = new BlockPlan(1, 2, 3, 4);
        var labels = new LabelBlock(new int[] {0, 1, 0}, List.of("g", "h"));
        var block = new LabelledBlock(
                new DenseBlock(3, 1, new double[] {1, -0.0, 3}),
                labels,
                LabelCounts.of(labels),
                new DenseBlock(0, 1, new double[0]));

        assertEquals(layout, codec.decode(codec.encode(layout)));
        assertEquals(plan, codec.decode(codec.encode(plan)));
        var copy = (LabelledBlock) codec.decode(codec.encode(block));
        assertEquals(block.features(), copy.features());
        assertArrayEquals(new int[] {0, 1, 0}, copy.labels().codes());
        assertEquals(List.of("g", "h"), copy.labels().names());
        assertArrayEquals(new long[] {2, 1}, copy.counts().counts());
        var fault = BadDataException.at("a.csv", 1, 2, "wrong");
        assertEquals("a.csv:1:2: wrong", ((BadDataException) codec.decode(codec.encode(fault))).getMessage());
    }
}
