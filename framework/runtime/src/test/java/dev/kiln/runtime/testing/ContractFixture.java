package dev.kiln.runtime.testing;

import static dev.kiln.tasks.Arg.all;
import static dev.kiln.tasks.Arg.value;
import static dev.kiln.tasks.Placement.node;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kiln.tasks.NodeInfo;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each part of {@link ClusterContract} needs: a cluster, and a workflow for each test. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ContractFixture {

    static final int LARGE = 1 << 20;

    /** Files that tasks and tests share. */
    @TempDir
    protected Path files;

    /** The workflow of this test. */
    protected Workflow wf;

    /** The cluster under test. */
    protected abstract WorkflowProvider cluster();

    /** How many nodes it has. */
    protected abstract int nodes();

    @BeforeEach
    void openWorkflow() {
        wf = open();
    }

    @AfterEach
    void closeWorkflow() {
        wf.close();
    }

    /** Opens another workflow. */
    protected Workflow open() {
        return new Workflow(cluster().open(ClusterContract.class.getClassLoader()));
    }

    final String file(String name) {
        return files.resolve(name).toString();
    }

    final boolean exists(String file) {
        return Files.exists(Path.of(file));
    }

    final String nameOf(int index) {
        List<NodeInfo> all = wf.nodes();
        return all.get(index % all.size()).name();
    }

    static void assertRanOn(String node, String thread) {
        assertTrue(thread.startsWith("kiln-" + node + "-"), thread + " is no slot of " + node);
    }

    final void touch(String name) {
        try {
            Files.writeString(Path.of(file(name)), "");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
