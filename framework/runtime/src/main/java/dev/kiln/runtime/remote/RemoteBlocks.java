package dev.kiln.runtime.remote;

import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.codec.ByteSink;
import dev.kiln.runtime.wire.ToNode;
import org.jspecify.annotations.Nullable;

/** The cache of a cluster, as a driver outside of it reaches it. Thread-safe. */
final class RemoteBlocks implements BlockCache {

    private final Channel<ToNode> channel;
    private final Questions questions;

    RemoteBlocks(Channel<ToNode> channel, Questions questions) {
        this.channel = channel;
        this.questions = questions;
    }

    @Override
    public void put(long workflow, long value, int shard, byte[] data) {
        Questions.Open question = questions.open();
        channel.send(of(value, shard, WorkflowFrames.frame(WorkflowFrames.PUT, question.number())), data);
        var _ = question.join();
    }

    @Override
    public byte @Nullable [] get(long workflow, long value, int shard) {
        Questions.Open question = questions.open();
        channel.send(of(value, shard, WorkflowFrames.frame(WorkflowFrames.GET, question.number())));
        return question.join();
    }

    @Override
    public void drop(long workflow, long value, int shard) {
        channel.send(of(value, shard, WorkflowFrames.frame(WorkflowFrames.DROP)));
    }

    /** Left to the cluster, which does so when the workflow is closed, in whatever way. */
    @Override
    public void dropAll(long workflow) {}

    private static ByteSink of(long value, int shard, ByteSink frame) {
        frame.varint(value);
        frame.varint(shard);
        return frame;
    }
}
