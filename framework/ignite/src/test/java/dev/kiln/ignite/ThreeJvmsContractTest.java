package dev.kiln.ignite;

import dev.kiln.runtime.testing.ObjectContract;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on this JVM and two others. */
final class ThreeJvmsContractTest extends ObjectContract {

    private static @Nullable IgniteCluster cluster;

    @BeforeAll
    static void start() {
        cluster = IgniteCluster.start(IgniteClusterOptions.of(3, 2)
                .withMemory(256L << 20)
                .withHeap(512L << 20)
                .withFailureDetection(Machine.STALL));
    }

    @AfterAll
    static void stop() {
        Objects.requireNonNull(cluster).close();
    }

    @Override
    protected WorkflowProvider cluster() {
        return Objects.requireNonNull(cluster);
    }

    @Override
    protected int nodes() {
        return 3;
    }
}
