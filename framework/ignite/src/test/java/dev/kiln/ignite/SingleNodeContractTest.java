package dev.kiln.ignite;

import dev.kiln.runtime.testing.ObjectContract;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract, on one Ignite node inside this JVM. */
final class SingleNodeContractTest extends ObjectContract {

    private static @Nullable IgniteCluster cluster;

    @BeforeAll
    static void start() {
        cluster = IgniteCluster.start(IgniteClusterOptions.of(1, 4).withMemory(256L << 20));
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
        return 1;
    }
}
