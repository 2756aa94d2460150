package dev.kiln.runtime.testing;

import dev.kiln.tasks.spi.WorkflowProvider;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract, for programs that drive their workflows from outside of the cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteContractTest extends ClusterContract {

    private static final int NODES = 3;

    private FaultyCluster cluster;
    private Outside outside;

    @BeforeAll
    void start() throws IOException {
        cluster = FaultyCluster.start(NODES, 2, 43, 5);
        outside = Outside.of(cluster.host(RemoteContractTest.class.getClassLoader()));
    }

    @AfterAll
    void stop() {
        outside.close();
        cluster.close();
    }

    @Override
    protected WorkflowProvider cluster() {
        return outside;
    }

    @Override
    protected int nodes() {
        return NODES;
    }
}
