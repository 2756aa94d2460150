package dev.kiln.ignite;

import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.plugin.extensions.communication.Message;
import org.apache.ignite.spi.IgniteSpiAdapter;
import org.apache.ignite.spi.IgniteSpiException;
import org.apache.ignite.spi.IgniteSpiMultipleInstancesSupport;
import org.apache.ignite.spi.communication.CommunicationListener;
import org.apache.ignite.spi.communication.CommunicationSpi;
import org.jspecify.annotations.Nullable;

/** The communication of a cluster of one node: there is nobody to talk to, so no port is opened. */
@IgniteSpiMultipleInstancesSupport(true)
final class NoNetwork extends IgniteSpiAdapter implements CommunicationSpi<Message> {

    @Override
    public void sendMessage(ClusterNode node, Message message) {
        throw new IgniteSpiException("a cluster of one node has no node " + node.id());
    }

    @Override
    public int getSentMessagesCount() {
        return 0;
    }

    @Override
    public long getSentBytesCount() {
        return 0;
    }

    @Override
    public int getReceivedMessagesCount() {
        return 0;
    }

    @Override
    public long getReceivedBytesCount() {
        return 0;
    }

    @Override
    public int getOutboundMessagesQueueSize() {
        return 0;
    }

    @Override
    public void resetMetrics() {}

    @Override
    public void setListener(@Nullable CommunicationListener<Message> listener) {}

    @Override
    public void spiStart(@Nullable String igniteInstanceName) {}

    @Override
    public void spiStop() {}
}
