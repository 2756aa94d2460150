package dev.kiln.ignite;

import dev.kiln.runtime.cluster.ClusterLink;
import dev.kiln.runtime.remote.WorkflowHost;

/** A cluster, as it is offered to programs that are driven from outside of it. Thread-safe. */
public final class IgniteHost implements WorkflowHost {

    private final IgniteCluster cluster;
    private final String version;

    /**
     * Offers a cluster for as long as it is open.
     *
     * @param version of Kiln
     */
    public IgniteHost(IgniteCluster cluster, String version) {
        this.cluster = cluster;
        this.version = version;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public int founders() {
        return cluster.node().settings().founders();
    }

    @Override
    public ClusterLink link() {
        return cluster.drivers();
    }

    @Override
    public boolean use(String code) {
        return cluster.node().code().use(code);
    }

    @Override
    public String publish(byte[] jar) {
        return cluster.node().code().lend(jar);
    }

    @Override
    public void leave(String code) {
        cluster.node().code().leave(code);
    }

    @Override
    public void keep(String code) {
        cluster.node().code().keep(code);
    }

    /** How many workflows are open, wherever their drivers are. */
    public int workflows() {
        return cluster.drivers().openWorkflows();
    }
}
