package dev.kiln.ignite;

import dev.kiln.runtime.code.CodeStore;
import dev.kiln.runtime.code.UserCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The programs' jars, kept in the cluster's cache in pieces under {@code code/SHA-256}, so that they have backups as
 * blocks do and a node fetches one when a workflow first needs it. Thread-safe.
 */
final class CodeCache implements AutoCloseable {

    /** Reserved for what belongs to no workflow; workflows begin at 1. */
    private static final long NO_WORKFLOW = 0;

    private static final int PIECE = 1 << 20;

    private final IgniteBlockCache cache;
    private final ShardAffinity shards;
    private final CodeStore here;

    CodeCache(IgniteBlockCache cache, NodeSettings node) {
        this.cache = cache;
        this.shards = new ShardAffinity(node.founders());
        this.here = new CodeStore(CodeCache.class.getClassLoader(), node.home());
    }

    /**
     * Makes a jar known to the cluster; null stands for the nodes' own class path.
     *
     * @return what nodes call it
     */
    String publish(byte @Nullable [] jar) {
        if (jar == null) {
            return UserCode.OWN_CLASS_PATH;
        }
        String id = UserCode.of(jar).id();
        String name = name(id);
        if (cache.load(name) == null) {
            for (int i = 0; i * PIECE < jar.length; i++) {
                store(name + "/" + i, Arrays.copyOfRange(jar, i * PIECE, Math.min(jar.length, (i + 1) * PIECE)));
            }
            // Its length is stored last: who finds that finds the pieces.
            store(name, ByteBuffer.allocate(4).putInt(jar.length).array());
        }
        return id;
    }

    /** Whether the cluster has the jar of this id, whole. */
    boolean knows(String id) {
        return cache.load(name(id)) != null;
    }

    private void store(String key, byte[] data) {
        cache.store(NO_WORKFLOW, key, shards.partition(key), data);
    }

    ClassLoader load(String code) {
        return here.load(code, () -> jar(code));
    }

    private byte[] jar(String id) {
        String name = name(id);
        byte @Nullable [] length = cache.load(name);
        if (length == null) {
            throw new IllegalStateException("the cluster has no code " + id);
        }
        ByteBuffer jar = ByteBuffer.allocate(ByteBuffer.wrap(length).getInt());
        for (int i = 0; jar.hasRemaining(); i++) {
            byte @Nullable [] piece = cache.load(name + "/" + i);
            if (piece == null) {
                throw new IllegalStateException("the cluster lost a part of code " + id);
            }
            jar.put(piece);
        }
        return jar.array();
    }

    private static String name(String id) {
        return "code/" + id;
    }

    @Override
    public void close() {
        here.close();
    }
}
