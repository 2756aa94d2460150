package dev.kiln.ignite;

import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteRunnable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** The Ignite Compute job that brings a batch of messages to a node. It hands over and returns, which acknowledges. */
final class BatchJob implements IgniteRunnable {

    private static final long serialVersionUID = 1L;

    private final byte[] batch;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    BatchJob(byte[] batch) {
        this.batch = batch;
    }

    @Override
    public void run() {
        Ignite here = ignite;
        if (here == null) {
            throw new IllegalStateException("a batch outside an Ignite node");
        }
        KilnPlugin plugin = here.plugin(KilnPlugin.NAME);
        plugin.receive(batch);
    }
}
