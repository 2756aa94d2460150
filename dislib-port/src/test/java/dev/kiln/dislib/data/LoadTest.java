package dev.kiln.dislib.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kiln.dislib.Block;
import dev.kiln.dislib.Shape;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that can be read, however they are written and however they are cut. */
class LoadTest {

    @TempDir
    private Path folder;

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void random_csv_is_read_as_a_plain_reader_does_for_any_ranges_and_blocks() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            var random = new SplittableRandom(seed);
            String delimiter = List.of(",", ";", "\t").get(random.nextInt(3));
            int columns = 2 + random.nextInt(5);
            int label = random.nextInt(columns);
            boolean header = random.nextBoolean();
            String text = RandomFiles.csv(random, delimiter, columns, label, header);
            List<NaiveReader.Row> expected = NaiveReader.csv(text, delimiter, header, label);
            DataFile file = file("a.csv", (random.nextBoolean() ? "\uFEFF" : "") + text)
                    .label(LabelColumn.of(Integer.toString(label + 1)));

            checkAllCuts(random, file, expected, columns - 1);
        }
    }

    @Test
    void random_libsvm_is_read_as_a_plain_reader_does_for_any_ranges_and_blocks() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            var random = new SplittableRandom(seed);
            int features = 2 + random.nextInt(20);
            String text = RandomFiles.libsvm(random, features);
            DataFile file = file("a.libsvm", text);

            checkAllCuts(random, file, NaiveReader.libsvm(text, features), features);
        }
    }

    private void checkAllCuts(SplittableRandom random, DataFile file, List<NaiveReader.Row> expected, int features) {
        for (int rangeBytes : new int[] {1, 2 + random.nextInt(7), 10 + random.nextInt(100), 1 << 20}) {
            for (int blockRows : new int[] {1, 2 + random.nextInt(5), 20 + random.nextInt(30), 1000}) {
                Loaded loaded = file.rangeBytes(rangeBytes).blockRows(blockRows).load(wf);

                assertEquals(new Shape(expected.size(), features), loaded.x().shape());
                for (int i = 0; i < expected.size(); i++) {
                    Block block = loaded.x().rowBlocks().get(i / blockRows).get();
                    LabelBlock labels =
                            loaded.labels().blocks().get(i / blockRows).get();
                    assertArrayEquals(expected.get(i).features(), block.row(i % blockRows));
                    assertEquals(Labels.canonical(expected.get(i).label()), labels.label(i % blockRows));
                }
            }
        }
    }

    @Test
    void a_line_longer_than_any_buffer_is_read() throws IOException {
        var line = new StringBuilder("1");
        for (int i = 1; i <= 200_000; i++) {
            line.append(' ').append(i).append(":0.5");
        }
        Loaded loaded = file("wide", "-1 1:2\n" + line + "\n+1 200000:7\n")
                .rangeBytes(1_000)
                .load(wf);

        assertEquals(new Shape(3, 200_000), loaded.x().shape());
        assertEquals(0.5, loaded.x().collect().get(1, 100_000));
        assertEquals(7, loaded.x().collect().get(2, 199_999));
    }

    @Test
    void names_come_from_the_header() throws IOException {
        Loaded loaded = file("a.csv", "a,\"the \"\"b\"\", or so\",kind\n1,2,x\n")
                .label(LabelColumn.of("kind"))
                .load(wf);

        assertEquals(List.of("a", "the \"b\", or so"), loaded.names());
        assertEquals(List.of("x"), loaded.labels().distinct());
    }

    @Test
    void a_line_of_numbers_is_data_even_if_the_label_is_asked_for_by_a_text_that_it_holds() throws IOException {
        DataFile file = file("a.csv", "2019,2020,kind\n1,2,x\n");

        assertEquals(2, file.label(LabelColumn.last()).load(wf).x().rows());
        assertThrows(
                BadDataException.class, () -> file.label(LabelColumn.of("kind")).load(wf));
    }

    @Test
    void a_file_without_labels_has_features_alone() throws IOException {
        Loaded loaded = file("a.csv", "1,2\n3,4\n").label(LabelColumn.none()).load(wf);

        assertEquals(new Shape(2, 2), loaded.x().shape());
        assertFalse(loaded.isLabelled());
    }

    @Test
    void fields_may_be_quoted_and_labels_may_be_any_text() throws IOException {
        Loaded loaded =
                file("a.csv", "\"1\", \"2\" ,\"a, \"\"b\"\"\"\r\n3,4,Größe\r\n").load(wf);

        assertArrayEquals(new double[] {1, 2, 3, 4}, loaded.x().collect().values());
        assertEquals(List.of("Größe", "a, \"b\""), loaded.labels().distinct());
    }

    @Test
    void blanks_between_fields_count_once() throws IOException {
        Loaded loaded = file("a.txt", "  1   2 g \n3\t 4 h\n").load(wf);

        assertArrayEquals(new double[] {1, 2, 3, 4}, loaded.x().collect().values());
        assertEquals(List.of("g", "h"), loaded.labels().distinct());
    }

    @Test
    void labels_that_are_numbers_count_by_value_and_come_in_order() throws IOException {
        Loaded loaded = file("a.csv", "1,10\n1,+1\n1,1.0\n1,-1\n1,1\n1,2.50\n1,b\n1,a\n1,-0\n")
                .load(wf);

        assertEquals(
                List.of("-1", "0", "1", "2.5", "10", "a", "b"), loaded.labels().distinct());
        assertEquals(3, loaded.labels().counts().get("1"));
        assertArrayEquals(
                new double[] {-1, 1, 1, -1, 1, -1, -1, -1, -1},
                loaded.labels().signs("+1").collect().values());
    }

    @Test
    void the_format_is_found_out_by_the_content_first() throws IOException {
        assertEquals(3, file("a.csv", "+1 1:0.5 3:1\n-1 2:1\n").load(wf).x().columns());
        assertEquals(
                3,
                file("a9a", "# made by hand\n-1\n+1 1:0.5 3:1\n").load(wf).x().columns());
        assertEquals(1, file("b.svm", "1\n-1\n").load(wf).x().columns());
        assertEquals(1, file("times", "1,12:30\n2,13:30\n").load(wf).x().columns());
        assertEquals(
                1,
                file("dates", "2024-09-02 13:55:00;1\n2024-09-02 13:55:00;2\n")
                        .label(LabelColumn.first())
                        .load(wf)
                        .x()
                        .columns());
    }

    @Test
    void the_fields_of_a_line_can_be_asked_for_without_loading() throws IOException {
        assertEquals(OptionalInt.of(3), file("a.csv", "a,b,c\n1,2,x\n").fields());
        assertEquals(OptionalInt.of(1), file("b.csv", "1\n").features(4).fields());
        assertEquals(OptionalInt.empty(), file("c", "1 1:1\n").fields());
    }

    @Test
    void a_sparse_test_file_gets_as_many_columns_as_the_training_data() throws IOException {
        assertEquals(5, file("a.t", "1 1:1\n-1 3:1\n").features(5).load(wf).x().columns());
    }

    private DataFile file(String name, String text) throws IOException {
        return DataFile.at(Files.writeString(folder.resolve(name), text));
    }
}
