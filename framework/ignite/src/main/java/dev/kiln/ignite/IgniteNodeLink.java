package dev.kiln.ignite;

import dev.kiln.runtime.cluster.BlockCache;
import dev.kiln.runtime.cluster.NodeLink;
import dev.kiln.runtime.code.WorkflowLoader;
import dev.kiln.runtime.codec.ValueCodec;
import dev.kiln.runtime.wire.Payload;
import dev.kiln.runtime.wire.ToDriver;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a node's worker sees of the cluster. */
final class IgniteNodeLink implements NodeLink {

    private final IgniteNode node;
    private final Answers answers;

    /** Brings answers to the drivers. */
    interface Answers {
        void answer(long workflow, ToDriver answer);
    }

    IgniteNodeLink(IgniteNode node, Answers answers) {
        this.node = node;
        this.answers = answers;
    }

    @Override
    public void answer(long workflow, ToDriver answer) {
        answers.answer(workflow, answer);
    }

    @Override
    public CompletableFuture<@Nullable Payload> fetch(int from, long workflow, long value, int part) {
        return node.fetch(from, workflow, value, part, null);
    }

    @Override
    public CompletableFuture<@Nullable Payload> fetch(int from, long workflow, long value, int part, ValueCodec codec) {
        return node.fetch(from, workflow, value, part, codec);
    }

    /** Also for one node: blocks of shards go to the cache, and a program behaves as it will on several. */
    @Override
    public boolean encodes() {
        return true;
    }

    @Override
    public BlockCache cache() {
        return node.cache();
    }

    @Override
    public ClassLoader load(String code) {
        return node.code().load(code);
    }

    @Override
    public void unload(ClassLoader loader) {
        WorkflowLoader.release(loader);
    }
}
