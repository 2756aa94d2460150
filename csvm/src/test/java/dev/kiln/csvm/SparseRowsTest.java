package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.solver.SparsePoints;
import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.CsrBuilder;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.dislib.DsArray;
import dev.kiln.dislib.preprocessing.StandardScaler;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows whose zeros are not kept. */
class SparseRowsTest {

    private final Workflow wf = InlineBackend.workflow();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        wf.close();
    }

    @ParameterizedTest
    @EnumSource(names = "CUSTOM", mode = EnumSource.Mode.EXCLUDE)
    void sparse_rows_give_the_machine_of_dense_ones(Kernel kernel) {
        Clouds data = mostlyZeros(200, 12);
        var options = CascadeSvmOptions.builder()
                .kernel(kernel)
                .gamma(kernel == Kernel.SIGMOID ? 0.05 : 0.3)
                .tolerance(1e-4)
                .build();
        var dense = data.fit(wf, options, 60);
        var sparse = new CascadeSvm(options).fit(sparse(data.x(), 60), data.yIn(wf, 60));
        assertInstanceOf(SparsePoints.class, sparse.data().points());
        assertEquals(
                dense.certificate().dualObjective(),
                sparse.certificate().dualObjective(),
                1e-5 * dense.certificate().dualObjective());
        assertArrayEquals(dense.decisionFunction(data.x()), sparse.decisionFunction(data.x()), 2e-3);
        assertArrayEquals(
                sparse.decisionFunction(data.x()),
                sparse.decisionFunction(sparse(data.x(), 60)).collect().values(),
                1e-5);
    }

    @Test
    void a_model_of_sparse_rows_stays_sparse_in_its_file_and_in_libsvms() throws Exception {
        Clouds data = mostlyZeros(150, 400);
        var options = CascadeSvmOptions.builder().gamma(0.05).build();
        var model = new CascadeSvm(options).fit(sparse(data.x(), 50), data.yIn(wf, 50));
        Path file = folder.resolve("m.svm");
        model.save(file);
        assertTrue(Files.size(file) < model.supportVectors() * 400L, "smaller than a byte a value");
        var loaded = CascadeSvm.Model.load(file);
        assertInstanceOf(SparsePoints.class, loaded.data().points());
        assertArrayEquals(model.decisionFunction(data.x()), loaded.decisionFunction(data.x()));
        var many = MultiClassSvm.Model.of(loaded);
        many.save(folder.resolve("many.svm"));
        assertArrayEquals(
                many.decisionFunction(data.x())[7],
                MultiClassSvm.Model.load(folder.resolve("many.svm")).decisionFunction(data.x())[7]);
        Path exported = folder.resolve("m.model");
        LibsvmModels.write(many, exported);
        var imported = LibsvmModels.read(exported, 400);
        assertInstanceOf(SparsePoints.class, imported.data().points());
        assertEquals(many.decisionFunction(data.x())[3][0], imported.decisionFunction(data.x())[3][0], 1e-9);
        LibsvmTools.need();
        assertArrayEquals(model.predict(data.x()), LibsvmTools.predict(folder, exported, data.x(), false));
    }

    @Test
    void many_classes_may_be_sparse() {
        Clouds data = mostlyZeros(150, 60);
        double[][] y = new double[150][1];
        for (int i = 0; i < y.length; i++) {
            y[i][0] = i % 3;
            data.x()[i][i % 3] = 2;
        }
        var svm = new MultiClassSvm(CascadeSvmOptions.builder().gamma(0.2).build(), MultiClass.OVO);
        var model = svm.fit(sparse(data.x(), 40), Waves.column(wf, y, 40));
        assertInstanceOf(SparsePoints.class, model.data().points());
        assertTrue(model.score(sparse(data.x(), 40), Waves.column(wf, y, 40)) > 0.95);
    }

    @Test
    void standardised_sparse_rows_are_predicted_as_they_are() throws IOException {
        Clouds data = mostlyZeros(120, 8);
        DsArray x = sparse(data.x(), 50);
        StandardScaler.Model scaler = new StandardScaler().fit(x);
        var model = new CascadeSvm(CascadeSvmOptions.builder().build())
                .fit(scaler.transform(x), data.yIn(wf, 50))
                .scaledBy(scaler);
        assertArrayEquals(
                model.decisionFunction(data.x()),
                model.decisionFunction(x).collect().values(),
                1e-5);
    }

    @Test
    void a_hundred_thousand_features_train_in_the_memory_of_those_that_are_not_zero() {
        // As dense floats the rows would be 1.2 GB, more than these tests have.
        int rows = 3_000;
        int features = 100_000;
        var random = new SplittableRandom(1);
        var builder = new CsrBuilder(features);
        double[][] y = new double[rows][1];
        for (int i = 0; i < rows; i++) {
            y[i][0] = random.nextBoolean() ? 1 : -1;
            int[] own = random.ints(40, 10, features).sorted().distinct().toArray();
            // Two columns out of ten tell the class.
            builder.add(y[i][0] > 0 ? random.nextInt(5) : 5 + random.nextInt(5), 1);
            for (int column : own) {
                builder.add(column, 0.2);
            }
            builder.endRow();
        }
        DsArray x = DsArray.of(wf, builder.build(), new BlockShape(1_000, features));
        DsArray labels = Waves.column(wf, y, 1_000);
        for (Kernel kernel : new Kernel[] {Kernel.LINEAR, Kernel.RBF}) {
            var options = CascadeSvmOptions.builder().kernel(kernel).gamma(0.5).build();
            var model = new CascadeSvm(options).fit(x, labels);
            assertTrue(model.certificate().converged());
            assertEquals(1, model.score(x, labels));
        }
    }

    private DsArray sparse(double[][] rows, int blockRows) {
        return DsArray.of(wf, CsrBlock.of(DenseBlock.of(rows)), new BlockShape(blockRows, rows[0].length));
    }

    private static Clouds mostlyZeros(int rows, int features) {
        Clouds data = Clouds.mixed(rows, features, 0.5, 5);
        var random = new SplittableRandom(8);
        for (double[] row : data.x()) {
            for (int f = 0; f < features; f++) {
                row[f] = random.nextInt(features) < 3 ? row[f] : 0;
            }
        }
        return data;
    }
}
