package dev.kiln.dislib.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.dislib.CsrBlock;
import dev.kiln.dislib.DenseBlock;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.testing.InlineBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose zeros are not kept. */
class SparseLoadTest {

    @TempDir
    private Path folder;

    private final Workflow wf = InlineBackend.workflow();

    @AfterEach
    void close() {
        wf.close();
    }

    @Test
    void sparse_blocks_have_the_elements_of_dense_ones_for_any_cuts() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            String text = RandomFiles.libsvm(random, 2 + random.nextInt(20));
            for (int blockRows : new int[] {1, 7, 1000}) {
                DataFile file = file("a.libsvm", text).blockRows(blockRows).rangeBytes(50);
                Loaded dense = file.sparsity(Sparsity.NO).load(wf);
                Loaded sparse = file.sparsity(Sparsity.YES).load(wf);
                assertTrue(sparse.sparse());
                assertEquals(dense.x().collect(), sparse.x().collect());
                assertEquals(CsrBlock.of(dense.x().collect()), sparse.x().collectSparse());
                assertEquals(dense.labels().counts(), sparse.labels().counts());
            }
        }
    }

    @Test
    void a_file_of_few_values_is_sparse_and_one_of_many_is_not() throws IOException {
        // One value in twenty is not few: a row of 100 features that gives 5.
        assertFalse(file("a.svm", "1 1:1 2:1 3:1 4:1 100:1\n").load(wf).sparse());
        Loaded few = file("b.svm", "1 1:1 2:1 3:1 100:1\n").load(wf);
        assertTrue(few.sparse());
        assertInstanceOf(CsrBlock.class, few.x().block(0, 0).get());
        Loaded test = file("c.svm", "1 1:1 2:1 3:1 4:1 5:1 6:1\n").like(few).load(wf);
        assertTrue(test.sparse());
        assertEquals(100, test.x().columns());
    }

    @Test
    void csv_is_sparse_only_when_asked() throws IOException {
        DataFile file = file("a.csv", "0,0,5,g\n0,0,0,h\n");
        assertInstanceOf(DenseBlock.class, file.load(wf).x().block(0, 0).get());
        Loaded asked = file.sparsity(Sparsity.YES).load(wf);
        assertEquals(
                1, assertInstanceOf(CsrBlock.class, asked.x().block(0, 0).get()).stored());
        assertEquals(file.load(wf).x().collect(), asked.x().collect());
    }

    @Test
    void millions_of_features_take_little_memory() throws IOException {
        Loaded loaded = file("a.svm", "1 16000000:1\n-1 5:2\n".repeat(1_000)).load(wf);
        assertEquals(16_000_000, loaded.x().columns());
        assertEquals(2_000, loaded.x().collectSparse().stored());
    }

    private DataFile file(String name, String text) throws IOException {
        return DataFile.at(Files.writeString(folder.resolve(name), text));
    }
}
