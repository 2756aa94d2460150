package dev.kiln.csvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.dislib.BlockShape;
import dev.kiln.dislib.DsArray;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Training takes memory for the rows, and for kernel values what one task may have: never for pairs of rows beyond. */
class MemoryBoundTest {

    private static final int HEAP_MB = 96;

    @Test
    void a_hundred_thousand_rows_train_in_less_memory_than_pairs_of_their_support_vectors_take() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MB + "m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true);
        // A JVM tells of options that it finds there.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        long vectors = Long.parseLong(said.strip());
        assertTrue(4 * vectors * vectors > HEAP_MB * 1_000_000L, vectors + " support vectors");
    }

    /** Trains where the heap is small. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) throws IOException {
            int rows = 100_000;
            var random = new SplittableRandom(1);
            double[][] x = new double[rows][3];
            double[][] y = new double[rows][1];
            for (int i = 0; i < rows; i++) {
                y[i][0] = random.nextBoolean() ? 1 : -1;
                for (int f = 0; f < 3; f++) {
                    x[i][f] = random.nextGaussian() + 1.1 * y[i][0];
                }
            }
            try (LocalCluster cluster = LocalCluster.start(2, 1);
                    Workflow wf = new Workflow(cluster.open(Program.class.getClassLoader()))) {
                var options = CascadeSvmOptions.builder()
                        .c(0.5)
                        .gamma(0.1)
                        .tolerance(0.05)
                        .kernelBytes(8 << 20)
                        .build();
                CascadeSvm.Model model = new CascadeSvm(options)
                        .fit(DsArray.of(wf, x, new BlockShape(1_000, 3)), DsArray.of(wf, y, new BlockShape(1_000, 1)));
                if (!model.certificate().converged()) {
                    throw new IOException(model.certificate().toString());
                }
                System.out.println(model.supportVectors());
            }
        }
    }
}
