package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.data.DataFile;
import dev.kiln.dislib.data.Loaded;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The MAGIC telescope data; the figures are those that libsvm finds. */
class MagicTest {

    private static final Path DATA = Path.of("../examples/data");

    @ParameterizedTest
    @ValueSource(ints = {1_000, 2_000, 16_000})
    void the_optimum_is_that_of_libsvm_for_any_block_rows(int blockRows) {
        try (LocalCluster cluster = LocalCluster.start(2, 1);
                Workflow wf = new Workflow(cluster.open(MagicTest.class.getClassLoader()))) {
            Loaded train = load(wf, "magic04.train.csv", blockRows);
            Loaded test = load(wf, "magic04.test.csv", blockRows);
            StandardScaler.Model scaler = new StandardScaler().fit(train.x());
            DsArray y = train.labels().signs("g");
            var options = CascadeSvmOptions.builder().c(10).gamma(0.1).build();
            var model =
                    new CascadeSvm(options).fit(scaler.transform(train.x()), y).scaledBy(scaler);

            Certificate found = model.certificate();
            assertTrue(found.converged());
            assertEquals(42_937.13, found.dualObjective(), 1e-4 * 42_937.13);
            assertEquals(4_810, model.supportVectors(), 48);
            assertTrue(found.relativeGap() < 1e-4, "gap " + found.relativeGap());
            assertEquals(0.8764, model.score(test.x(), test.labels().signs("g")), 0.001);
        }
    }

    private static Loaded load(Workflow wf, String name, int blockRows) {
        return DataFile.at(DATA.resolve(name)).blockRows(blockRows).load(wf);
    }
}
