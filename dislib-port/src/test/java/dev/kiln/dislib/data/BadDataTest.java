package dev.kiln.dislib.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each file that cannot be used is told in one line that names the place. */
class BadDataTest {

    @TempDir
    private Path folder;

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "1,2,g/abc,2,h | 2:1: expected a number, found 'abc'",
                "1,2,g/1, abc ,h | 2:4: expected a number, found 'abc'",
                "1,2,g/1,\"x\",h | 2:3: expected a number, found 'x'",
                "a,b,c/1,2,g//1,x,h | 4:3: expected a number, found 'x'",
                "1,2,g/1,,h | 2:3: expected a number, found nothing",
                "1,2,g/1,NaN,h | 2:3: not a finite number: 'NaN'",
                "1,2,g/1,-inf,h | 2:3: not a finite number: '-inf'",
                "1,NaN,g/1,2,h | 1:3: not a finite number: 'NaN'",
                "1,2,g/1,1e999,h | 2:3: not a finite number: '1e999'",
                "1,2,g/1,h | 2:4: expected 3 fields, found 2",
                "1,2,g/1,2 | 2:4: expected 3 fields, found 2",
                "1,2,g/1,2,h,4,5 | 2:7: expected 3 fields, found 5",
                "1,2,g/1,2, | 2:5: the label is missing",
                "1,2,g/1,2,\"\" | 2:5: the label is missing",
                "1,2,g/1,\"2,h | 2:3: the quote that begins here has no end on this line",
                "1,2,g/1,\"2\"0,h | 2:3: expected the end of the field after its closing quote",
                "1,2,g/1,2d,h | 2:3: expected a number, found '2d'",
                "1,abc,g/1,2,h | 1:3: expected a number, found 'abc'",
                "1,2,g/ü,2,h | 2:1: expected a number, found 'ü'",
                "g,1,2/üüü,1,x | 2:7: expected a number, found 'x'",
            })
    void a_wrong_line_of_csv(String text, String message) throws IOException {
        DataFile file = file("a.csv", text.replace('/', '\n'));
        boolean labelFirst = text.startsWith("g");

        assertFault(message, labelFirst ? file.label(LabelColumn.first()) : file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 1:1/abc 1:2 | 2:1: expected a number, found 'abc'",
                "1 1:1/1:2 2:3 | 2:1: the label is missing: expected a number, found '1:2'",
                "1 1:1/1 1:x | 2:5: expected a number, found 'x'",
                "1 1:1/1 1: | 2:5: expected a number, found nothing",
                "1 1:1/1 1:nan | 2:5: not a finite number: 'nan'",
                "1 1:1/1 3 | 2:3: expected index:value, found '3'",
                "1 1:1/1 0:3 | 2:3: expected an index from 1 on, found '0'",
                "1 1:1/1 -2:3 | 2:3: expected an index from 1 on, found '-2'",
                "1 1:1/1 a:3 | 2:3: expected an index from 1 on, found 'a'",
                "1 1:1/1 :3 | 2:3: expected an index from 1 on, found ''",
                "1 1:1/1 3:1 2:1 | 2:7: expected an index above 3, found 2: the indices of a line ascend",
                "1 1:1/1 3:1 3:1 | 2:7: expected an index above 3, found 3: the indices of a line ascend",
                "1 1:1/1 99999999999999999999:1 | 2:3: index 99999999999999999999 is too large: the largest possible is 16777216",
                "1 1:1/1 16777217:1 | 2:3: index 16777217 is too large: the largest possible is 16777216",
                "1 1:1/1 qid:3 1:1 | 2:3: qid marks the queries of ranking data, which cannot be used here",
                "inf 1:1 | 1:1: not a finite number: 'inf'",
            })
    void a_wrong_line_of_libsvm(String text, String message) throws IOException {
        assertFault(message, file("a.libsvm", text.replace('/', '\n')));
    }

    @Test
    void an_index_above_the_features_of_the_training_data() throws IOException {
        assertFault(
                "2:7: index 12 is above 10, the number of features expected",
                file("a.t", "1 1:1\n1 2:1 12:1\n").features(10));
    }

    @Test
    void another_number_of_columns_than_the_training_data() throws IOException {
        assertFault("expected 10 features, found 2", file("a.csv", "1,2,g\n").features(10));
    }

    @Test
    void a_label_that_the_training_data_does_not_have() throws IOException {
        assertFault(
                "2:3: unknown label 'x'; expected g or h",
                file("a.csv", "1,g\n1,x\n").allowedLabels(List.of("g", "h")));
        assertFault(
                "2:1: unknown label '+2'; expected -1 or 1",
                file("a.svm", "1.0 1:1\n+2 1:1\n").allowedLabels(List.of("-1", "+1")));
    }

    @Test
    void a_label_column_that_is_not_there() throws IOException {
        assertFault(
                "there is no label column 'kind'; the columns are a, b, class",
                file("a.csv", "a,b,class\n1,2,g\n").label(LabelColumn.of("kind")));
        assertFault(
                "there is no label column 'kind'; the file has no header line; give first, last, or a number from 1 to"
                        + " 3",
                file("a.csv", "1,2,g\n").label(LabelColumn.of("kind")));
        assertFault(
                "there is no label column '4'; the columns are a, b, class",
                file("a.csv", "a,b,class\n1,2,g\n").label(LabelColumn.of("4")));
        assertFault(
                "two columns have the name 'a'; give the number of the label column",
                file("a.csv", "a,a,class\n1,2,g\n").label(LabelColumn.of("a")));
    }

    @Test
    void files_without_rows() throws IOException {
        assertFault("the file is empty; expected a row of data on each line", file("a.csv", ""));
        assertFault("the file is empty; expected a row of data on each line", file("a.csv", "\uFEFF"));
        assertFault("the file is empty; expected a row of data on each line", file("a.csv", "\n \n\r\n"));
        assertFault("there is a header line only; expected rows of data after it", file("a.csv", "a,b,c\n"));
        assertFault(
                "there are comments only; expected a row of data on each line",
                file("a.svm", "# nothing\n\n").format(TextFormat.LIBSVM));
    }

    @Test
    void files_that_are_not_there_or_not_files() {
        assertFault("no such file", DataFile.at(folder.resolve("none.csv")));
        assertFault("this is a directory; expected a file of CSV or LIBSVM text", DataFile.at(folder));
    }

    @Test
    void files_that_are_not_text_of_this_kind() throws IOException {
        assertFault(
                "this is UTF-16 text; save it as UTF-8",
                DataFile.at(Files.write(folder.resolve("utf16.csv"), "1,2,g\n".getBytes(StandardCharsets.UTF_16))));
        assertFault("1:1: expected features and a label, found a line of one field", file("a.csv", "1\n2\n"));
        assertFault(
                "the lines end with CR alone; save the file with LF or CR LF at the end of each line",
                file("a.csv", "1,2,g\r3,4,h\r"));
    }

    @Test
    void a_packed_file_and_a_device() throws IOException {
        assertFault(
                "this file is packed by gzip; unpack it first",
                DataFile.at(Files.write(folder.resolve("a.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0})));
        assertFault(
                "expected a file that can be read in parts, found a pipe or a device",
                DataFile.at(Path.of("/dev/null")));
    }

    @Test
    void a_test_file_that_is_not_like_the_training_data() throws IOException {
        Loaded train = file("train.csv", "a,b,class\n1,2,g\n3,4,h\n").load(wf);

        assertEquals(
                1, file("a.csv", "a,b,class\n5,6,h\n").like(train).load(wf).x().rows());
        assertEquals(1, file("b.csv", "5,6,h\n").like(train).load(wf).x().rows());
        assertFault(
                "expected 'a' as the name of column 1, found 'b'",
                file("c.csv", "b,a,class\n5,6,h\n").like(train));
        assertFault(
                "expected 2 features, found 1", file("d.csv", "b,class\n5,h\n").like(train));
        assertFault(
                "1:5: unknown label 'x'; expected g or h",
                file("e.csv", "5,6,x\n").like(train));
    }

    @Test
    void a_block_too_large_for_an_array() throws IOException {
        assertFault(
                "2000 rows of 16000000 features are too much for one dense block; use at most 134 block rows, or sparse"
                        + " blocks",
                file("a.svm", "1 16000000:1\n".repeat(2_000)).sparsity(Sparsity.NO));
    }

    @Test
    void of_several_faults_the_first_is_told_whatever_the_cuts() throws IOException {
        for (int seed = 0; seed < 25; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            int first = 0;
            int rows = 20 + random.nextInt(40);
            for (int line = 1; line <= rows; line++) {
                boolean bad = line > 1 && random.nextInt(15) == 0;
                first = bad && first == 0 ? line : first;
                text.append(bad ? "1,22,x%d,g".formatted(line) : random.nextInt(5) == 0 ? "" : "1,22,3.5,g");
                text.append(random.nextBoolean() ? "\n" : "\r\n");
            }
            DataFile file = file("a.csv", text.toString());
            for (int rangeBytes : new int[] {1, 13, 1 << 20}) {
                for (int blockRows : new int[] {1, 7, 40, 1000}) {
                    DataFile cut = file.rangeBytes(rangeBytes).blockRows(blockRows);
                    if (first > 0) {
                        assertFault(first + ":6: expected a number, found 'x" + first + "'", cut);
                    } else {
                        cut.load(wf);
                    }
                }
            }
        }
    }

    @Test
    void whatever_is_in_a_file_it_loads_or_is_refused_in_one_line() throws IOException {
        List<UnaryOperator<String>> starts =
                List.of(s -> s, s -> "1,2,g\n" + s, s -> "a,b,c\n1,2,g\n" + s, s -> "1 1:1 2:2\n" + s);
        String characters = "0123456789..--++ee,,;:::\"\"#\n\n\n\r\t  abgü\0";
        for (int seed = 0; seed < 600; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            DataFile file = file("a", starts.get(seed % 4).apply(text.toString()))
                    .rangeBytes(1 + random.nextInt(50))
                    .blockRows(1 + random.nextInt(4));
            try {
                file.load(wf);
            } catch (BadDataException e) {
                assertTrue(e.getMessage().startsWith(file.path().toString() + ":"), e.getMessage());
                assertEquals(1, e.getMessage().lines().count(), e.getMessage());
            }
        }
    }

    private void assertFault(String message, DataFile file) {
        String separator = Character.isDigit(message.charAt(0)) && message.matches("\\d+:\\d+: .*") ? ":" : ": ";
        var fault = assertThrows(BadDataException.class, () -> file.load(wf));
        assertEquals(file.path() + separator + message, fault.getMessage());
    }

    private DataFile file(String name, String text) throws IOException {
        return DataFile.at(Files.writeString(folder.resolve(name), text));
    }
}
