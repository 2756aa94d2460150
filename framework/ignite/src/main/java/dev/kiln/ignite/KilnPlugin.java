package dev.kiln.ignite;

import java.io.Serializable;
import java.util.UUID;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.plugin.CachePluginContext;
import org.apache.ignite.plugin.CachePluginProvider;
import org.apache.ignite.plugin.ExtensionRegistry;
import org.apache.ignite.plugin.IgnitePlugin;
import org.apache.ignite.plugin.PluginConfiguration;
import org.apache.ignite.plugin.PluginContext;
import org.apache.ignite.plugin.PluginProvider;
import org.apache.ignite.plugin.PluginValidationException;
import org.jspecify.annotations.Nullable;

/**
 * Kiln inside an Ignite node: keeps strangers out of the cluster, and leads the jobs that carry messages from Ignite's
 * side to Kiln's. One object a node; {@link #receiver} is set once, before the node tells anybody that it is up.
 */
final class KilnPlugin implements PluginProvider<PluginConfiguration>, IgnitePlugin {

    static final String NAME = "kiln";

    private final ClusterToken token;
    private final int founders;
    private final boolean first;
    private volatile @Nullable BatchReceiver receiver;
    private volatile boolean shut;

    /** Takes what a job carried here. */
    interface BatchReceiver {
        void receive(byte[] batch);
    }

    KilnPlugin(ClusterToken token, int founders, boolean first) {
        this.token = token;
        this.founders = founders;
        this.first = first;
    }

    void attach(BatchReceiver to) {
        receiver = to;
    }

    /** From now on the cluster does without those of its founders that are not here yet. Others may still join. */
    void shut() {
        shut = true;
    }

    void receive(byte[] batch) {
        BatchReceiver to = receiver;
        if (to == null) {
            throw new IllegalStateException("messages for a node that has not said it is up");
        }
        to.receive(batch);
    }

    /** The proof that goes with the request to join. */
    @Override
    public @Nullable Serializable provideDiscoveryData(UUID nodeId) {
        return first ? null : token.proof(nodeId);
    }

    @Override
    public void validateNewNode(ClusterNode node, @Nullable Serializable data) {
        if (shut && ShardAffinity.rankOf(node) < founders) {
            throw new PluginValidationException(
                    "a node that came too late was refused: " + node.id(),
                    "this cluster has begun without this node",
                    node.id());
        }
        if (!token.accepts(node.id(), data)) {
            throw new PluginValidationException(
                    "a node without this cluster's token was refused: " + node.id(),
                    "this cluster belongs to somebody else: a token is needed to join it",
                    node.id());
        }
    }

    /** Not called: the form with data replaces it. */
    @Override
    @SuppressWarnings("deprecation") // abstract in Ignite's interface
    public void validateNewNode(ClusterNode node) {
        validateNewNode(node, null);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public String copyright() {
        return "";
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Ignite's signature
    public <T extends IgnitePlugin> T plugin() {
        return (T) this;
    }

    @Override
    public void initExtensions(PluginContext context, ExtensionRegistry registry) {}

    @Override
    public <T> @Nullable T createComponent(PluginContext context, Class<T> type) {
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes") // Ignite's signature
    public @Nullable CachePluginProvider createCacheProvider(CachePluginContext context) {
        return null;
    }

    @Override
    public void start(PluginContext context) {}

    @Override
    public void stop(boolean cancel) {}

    @Override
    public void onIgniteStart() {}

    @Override
    public void onIgniteStop(boolean cancel) {}

    @Override
    public void receiveDiscoveryData(UUID nodeId, @Nullable Serializable data) {}
}
