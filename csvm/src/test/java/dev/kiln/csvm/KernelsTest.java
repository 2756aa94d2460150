package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.csvm.solver.KernelFunction;
import dev.kiln.csvm.solver.Points;
import dev.kiln.csvm.solver.RowKernel;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kernels beside rbf and linear. The objectives are those of scikit-learn 1.2.1's {@code SVC(C=2, tol=1e-7)} for the
 * same rows.
 */
class KernelsTest {

    private final Workflow wf = InlineBackend.workflow();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void close() {
        wf.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 40})
    void a_polynomial_machine_has_the_objective_that_scikit_learn_finds(int blockRows) {
        var cubic = options().kernel(Kernel.POLYNOMIAL).gamma(0.5).coef0(1).build();
        assertEquals(3, cubic.degree());
        assertDual(53.78178649323614, cubic, blockRows);
        var square = options().kernel(Kernel.POLYNOMIAL).gamma(0.5).degree(2).build();
        assertDual(372.5097610835383, square, blockRows);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 40})
    void a_sigmoid_machine_has_the_objective_that_scikit_learn_finds(int blockRows) {
        var options = options().kernel(Kernel.SIGMOID).gamma(0.1).coef0(-0.5).build();
        assertDual(184.00567382945042, options, blockRows);
    }

    @Test
    void a_kernel_of_the_programs_own_is_as_good_as_a_built_in_one() {
        // exp(-|x - y|^2 / 2), as the rbf kernel with gamma 0.5, whose objective scikit-learn finds.
        assertDual(87.3830390908559, options().kernel(KernelsTest::bell).build(), 40);
    }

    @Test
    void a_kernel_of_the_programs_own_travels_to_the_nodes_with_what_it_captures() {
        double width = 0.5;
        var options = options().kernel((x, y) -> StrictMath.exp(-width * squaredDistance(x, y)));
        try (LocalCluster cluster = LocalCluster.start(2, 1);
                Workflow nodes = new Workflow(cluster.open(getClass().getClassLoader()))) {
            var model = Waves.make().fit(nodes, options.build(), false, 60);
            assertEquals(87.3830390908559, model.certificate().dualObjective(), 1e-3);
        }
        var codec = new ValueCodec(getClass().getClassLoader());
        var there = assertInstanceOf(
                KernelFunction.class, codec.decode(codec.encode(options.build().function(3))));
        Points points = Points.of(Waves.make().x(), 3);
        float[] expected = new float[Waves.ROWS];
        float[] found = new float[Waves.ROWS];
        options.build().function(3).row(points.point(0), points, expected, new int[Waves.ROWS]);
        there.row(points.point(0), points, found, new int[Waves.ROWS]);
        assertArrayEquals(expected, found);
    }

    @Test
    void a_model_of_an_own_kernel_is_loaded_with_that_kernel_alone() {
        Waves waves = Waves.make();
        var model = waves.fit(wf, options().kernel(KernelsTest::bell).build(), false, 100);
        Path file = folder.resolve("own.svm");
        model.save(file);
        assertRefused(
                "the model was trained with a kernel of a program's own, which is not in the file",
                () -> CascadeSvm.Model.load(file));
        assertRefused("the model was trained with a kernel of a program's own", () -> MultiClassSvm.Model.load(file));
        RowKernel bell = KernelsTest::bell;
        assertArrayEquals(
                model.decisionFunction(waves.x()),
                CascadeSvm.Model.load(file, bell).decisionFunction(waves.x()));
        assertEquals(
                model.decisionFunction(waves.x())[0],
                MultiClassSvm.Model.load(file, bell).decisionFunction(waves.x())[0][0]);
        Path rbf = folder.resolve("rbf.svm");
        waves.fit(wf, options().build(), false, 100).save(rbf);
        assertRefused(
                "the model was trained with the kernel RBF; expected load(file)",
                () -> CascadeSvm.Model.load(rbf, bell));
        assertRefused(
                "LIBSVM's format has no kernel of a program's own",
                () -> LibsvmModels.write(MultiClassSvm.Model.of(model), folder.resolve("m.model")));
    }

    @Test
    void a_model_remembers_its_kernel() {
        for (Kernel kernel : List.of(Kernel.POLYNOMIAL, Kernel.SIGMOID)) {
            var options = options().kernel(kernel).gamma(0.25).coef0(-0.5).degree(kernel == Kernel.SIGMOID ? 3 : 2);
            var model = Waves.make().fit(wf, options.build(), false, 100);
            Path file = folder.resolve(kernel + ".svm");
            model.save(file);
            assertEquals(options.build(), CascadeSvm.Model.load(file).options());
        }
    }

    @Test
    void options_of_a_kernel_that_cannot_be_are_refused() {
        assertRefused("degree 0: expected 1 or more", () -> options().degree(0).build());
        assertRefused(
                "coef0 NaN: expected a finite number",
                () -> options().coef0(Double.NaN).build());
        assertRefused(
                "kernel CUSTOM: expected the kernel itself",
                () -> options().kernel(Kernel.CUSTOM).build());
        RowKernel none = (x, y) -> Double.NaN;
        assertRefused(
                "the kernel given by the program returned NaN for two rows",
                () -> Waves.make().fit(wf, options().kernel(none).build(), false, 100));
    }

    private static void assertRefused(String message, Runnable what) {
        String found =
                String.valueOf(assertThrows(RuntimeException.class, what::run).getMessage());
        assertTrue(found.contains(message), found);
        assertEquals(1, found.lines().count());
    }

    private void assertDual(double expected, CascadeSvmOptions options, int blockRows) {
        Certificate found = Waves.make().fit(wf, options, false, blockRows).certificate();
        assertTrue(found.converged(), found.toString());
        assertEquals(expected, found.dualObjective(), 1e-5 * expected);
    }

    private static double bell(float[] x, float[] y) {
        return StrictMath.exp(-0.5 * squaredDistance(x, y));
    }

    private static double squaredDistance(float[] x, float[] y) {
        double sum = 0;
        for (int f = 0; f < x.length; f++) {
            sum += ((double) x[f] - y[f]) * ((double) x[f] - y[f]);
        }
        return sum;
    }

    private static CascadeSvmOptions.Builder options() {
        return CascadeSvmOptions.builder().c(2).tolerance(1e-4);
    }
}
