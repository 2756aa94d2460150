package dev.kiln.runtime.testing;

import dev.kiln.tasks.spi.WorkflowProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyClusterTest extends ClusterContract {

    private static final int NODES = 3;

    private FaultyCluster cluster;

    @BeforeAll
    void start() {
        cluster = FaultyCluster.start(NODES, 2, 42, 5);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Override
    protected WorkflowProvider cluster() {
        return cluster;
    }

    @Override
    protected int nodes() {
        return NODES;
    }
}
