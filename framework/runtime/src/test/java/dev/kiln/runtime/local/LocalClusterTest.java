package dev.kiln.runtime.local;

import dev.kiln.runtime.testing.ObjectContract;
import dev.kiln.tasks.spi.WorkflowProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class LocalClusterTest {

    @Nested
    class WithOneSlot extends Contract {
        WithOneSlot() {
            super(1, 1);
        }
    }

    @Nested
    class WithFourSlots extends Contract {
        WithFourSlots() {
            super(1, 4);
        }
    }

    @Nested
    class WithThreeNodes extends Contract {
        WithThreeNodes() {
            super(3, 2);
        }
    }

    @org.junit.jupiter.api.TestInstance(org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS)
    abstract static class Contract extends ObjectContract {
        private final int nodes;
        private final int slots;
        private LocalCluster cluster;

        Contract(int nodes, int slots) {
            this.nodes = nodes;
            this.slots = slots;
        }

        @BeforeAll
        void start() {
            cluster = LocalCluster.start(nodes, slots);
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
            return nodes;
        }
    }
}
