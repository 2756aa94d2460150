package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines without classes, and linear ones, do not depend on where they are trained. */
class SameBitsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @Test
    void a_regression_is_the_same_on_any_number_of_nodes_and_slots() throws IOException {
        Hills data = Hills.of(300, 3, 0.2, 1);
        var svr = new EpsilonSvr(CascadeSvmOptions.builder().c(3).build(), 0.1);
        assertSame((wf, file) -> svr.fit(data.xIn(wf, 40), data.yIn(wf, 40)).save(file));
    }

    @Test
    void so_is_a_machine_for_outliers() throws IOException {
        Hills data = Hills.of(300, 3, 0.2, 2);
        var svm = new OneClassSvm(CascadeSvmOptions.builder().build(), 0.2);
        assertSame((wf, file) -> svm.fit(data.xIn(wf, 40)).save(file));
    }

    @Test
    void so_is_a_linear_machine_of_any_number_of_lanes() throws IOException {
        Clouds data = Clouds.mixed(300, 8, 0.2, 3);
        for (int lanes : new int[] {1, 3}) {
            var svm = new LinearSvm(
                    LinearSvmOptions.builder().lanes(lanes).maxRounds(20).build());
            assertSame((wf, file) -> svm.fit(data.xIn(wf, 40), data.yIn(wf, 40)).save(file));
        }
    }

    private void assertSame(BiConsumer<Workflow, Path> train) throws IOException {
        byte[] first = null;
        for (int[] shape : new int[][] {{1, 1}, {1, 3}, {3, 2}}) {
            Path file = folder.resolve("m.svm");
            try (LocalCluster cluster = LocalCluster.start(shape[0], shape[1]);
                    Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()))) {
                train.accept(wf, file);
            }
            byte[] bytes = Files.readAllBytes(file);
            if (first != null) {
                assertArrayEquals(first, bytes);
            }
            first = bytes;
        }
    }
}
