package dev.kiln.dislib.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kiln.dislib.DsArray;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column that says what rows weigh. */
class WeightColumnTest {

    @TempDir
    private Path folder;

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void the_weights_are_a_column_of_their_own_and_no_feature() throws IOException {
        String[] files = {"a,w,b,class\n1,0.5,2,g\n3,0,4,h\n5,7,6,g\n", "w,class,a,b\n0.5,g,1,2\n0,h,3,4\n7,g,5,6\n"};
        for (String text : files) {
            Loaded loaded = file("a.csv", text)
                    .label(LabelColumn.of("class"))
                    .weight(LabelColumn.of("w"))
                    .blockRows(2)
                    .load(wf);
            assertArrayEquals(
                    new double[] {1, 2, 3, 4, 5, 6}, loaded.x().collect().values());
            DsArray weights = Objects.requireNonNull(loaded.weights());
            assertArrayEquals(new double[] {0.5, 0, 7}, weights.collect().values());
            assertEquals(2, weights.blockRows());
            assertEquals(List.of("a", "b"), loaded.names());
        }
    }

    @Test
    void a_file_without_weights_has_none() throws IOException {
        assertNull(file("a.csv", "1,2,g\n").load(wf).weights());
    }

    @Test
    void weights_that_cannot_be_are_refused_with_their_place() throws IOException {
        DataFile file = file("a.csv", "a,w,class\n1,1,g\n1,-2,h\n").weight(LabelColumn.of("w"));
        assertFault("3:3: expected a weight, 0 or more, found '-2'", file);
        assertFault(
                "2:3: not a finite number: 'nan'",
                file("b.csv", "1,1,g\n1,nan,h\n").weight(LabelColumn.of("2")));
        assertFault(" there is no weight column 'v'; the columns are a, w, class", file.weight(LabelColumn.of("v")));
        assertFault(
                " column 3 cannot be both the label and the weight; expected two columns",
                file.weight(LabelColumn.of("class")));
        assertFault(
                "1:1: expected features beside the label and the weight, found a line of 2 fields",
                file("c.csv", "1,g\n").weight(LabelColumn.of("1")));
        assertFault(
                " LIBSVM files have no column of weights; expected CSV with 'w'",
                file("d.svm", "1 1:1\n").weight(LabelColumn.of("w")));
    }

    private void assertFault(String message, DataFile file) {
        assertEquals(
                file.path() + ":" + message,
                assertThrows(BadDataException.class, () -> file.load(wf)).getMessage());
    }

    private DataFile file(String name, String text) throws IOException {
        return DataFile.at(Files.writeString(folder.resolve(name), text));
    }
}
