package dev.kiln.dislib.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.Shape;
import dev.kiln.tasks.testing.InlineBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The data of the demo loads as it is. */
class MagicTest {

    private static final Path DATA = Path.of("..", "examples", "data");

    @Test
    void the_training_data_has_15216_rows_of_10_features() {
        try (var wf = InlineBackend.workflow()) {
            Loaded train = DataFile.at(DATA.resolve("magic04.train.csv"))
                    .label(LabelColumn.of("class"))
                    .load(wf);

            assertEquals(new Shape(15_216, 10), train.x().shape());
            assertEquals(8, train.x().blockRows());
            assertEquals(1_216, train.x().rowRange(7).size());
            assertEquals(List.of("g", "h"), train.labels().distinct());
            assertEquals(List.of("Length", "Width"), train.names().subList(0, 2));
            assertEquals(10, train.names().size());
            assertEquals(24.6014, train.x().block(0, 0).get().get(0, 0));
            DsArray y = train.labels().signs("g");
            assertEquals(1, y.collect().get(0, 0));
        }
    }

    @Test
    void the_test_data_has_3804_rows() {
        try (var wf = InlineBackend.workflow()) {
            Loaded test =
                    DataFile.at(DATA.resolve("magic04.test.csv")).features(10).load(wf);

            assertEquals(new Shape(3_804, 10), test.x().shape());
            assertEquals(Map.of("g", 2_460L, "h", 1_344L), test.labels().counts());
        }
    }
}
