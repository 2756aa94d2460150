package dev.kiln.runtime.node;

import dev.kiln.runtime.codec.CorruptDataException;
import dev.kiln.runtime.wire.ToNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A value, or a part of one, on its way to this node, and the tasks that wait for it. Guarded by its workflow. */
final class Fetch {

    /** In place of a component's index: the whole value. */
    static final int WHOLE = -1;

    /** What is fetched. */
    record Key(long value, int part) {}

    final Key key;
    /** The node that is asked, {@code Places.CACHE} or {@code Places.CHECKPOINT}. */
    final int from;
    /** The value's shard where that is the cache. */
    final int shard;
    /** The value's file where that is the checkpoint. */
    final @Nullable String file;

    /** The driver's order to have the value here, whether or not a task reads it; null where there is none. */
    ToNode.@Nullable CopyValue order;

    final List<NodeTask> waiting = new ArrayList<>(2);

    Fetch(Key key, int from, int shard) {
        this(key, from, shard, null);
    }

    Fetch(Key key, int from, int shard, @Nullable String file) {
        this.key = key;
        this.from = from;
        this.shard = shard;
        this.file = file;
    }

    /** Why what came cannot be used, in one line; null when nothing came, which is as good as a value that is not there. */
    static @Nullable String undecoded(@Nullable Throwable failed) {
        Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
        return cause instanceof CorruptDataException || cause instanceof Error ? undecodable(cause) : null;
    }

    static String undecodable(Throwable cause) {
        return "an input could not be decoded: " + TaskRunner.oneLine(cause);
    }
}
