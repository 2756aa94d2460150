package dev.kiln.ignite;

import dev.kiln.runtime.code.CodeStore;
import dev.kiln.runtime.code.UserCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The programs' jars, kept in the cluster's cache in pieces under {@code code/SHA-256}, so that they have backups as
 * blocks do and a node fetches one when a workflow first needs it. Thread-safe; the lock of its users is held while a jar
 * is stored for one or removed, since another may come meanwhile.
 */
final class CodeCache implements AutoCloseable {

    /** Reserved for what belongs to no workflow; workflows begin at 1. */
    private static final long NO_WORKFLOW = 0;

    private static final int PIECE = 1 << 20;

    /** Jars that nobody uses take at most this part of a node's memory. */
    private static final int IDLE_PART = 32;

    private final IgniteBlockCache cache;
    private final ShardAffinity shards;
    private final CodeStore here;
    /** How many use each jar that was lent. */
    private final Map<String, Integer> users = new HashMap<>();
    /** Guarded by the users. */
    private final Set<String> kept = new HashSet<>();
    /** The lengths of those that nobody uses, the one that was left first in front; guarded by the users. */
    private final Map<String, Integer> idle = new LinkedHashMap<>();

    private final long idleBytes;

    CodeCache(IgniteBlockCache cache, NodeSettings node) {
        this.cache = cache;
        this.shards = new ShardAffinity(node.founders());
        this.idleBytes = node.memoryBytes() / IDLE_PART;
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
        keep(id);
        bring(id, jar);
        return id;
    }

    private void bring(String id, byte[] jar) {
        String name = name(id);
        if (cache.load(name) == null) {
            for (int i = 0; i * PIECE < jar.length; i++) {
                store(name + "/" + i, Arrays.copyOfRange(jar, i * PIECE, Math.min(jar.length, (i + 1) * PIECE)));
            }
            // Its length is stored last: who finds that finds the pieces.
            store(name, ByteBuffer.allocate(4).putInt(jar.length).array());
        }
    }

    /** The same for as long as somebody uses it, who is to {@link #leave} it. On node 0 alone, as is all about users. */
    String lend(byte[] jar) {
        String id = UserCode.of(jar).id();
        synchronized (users) {
            bring(id, jar);
            idle.remove(id);
            users.merge(id, 1, Integer::sum);
        }
        return id;
    }

    /** Whether the cluster has the jar of this id; its user is to {@link #leave} it then. */
    boolean use(String id) {
        synchronized (users) {
            if (cache.load(name(id)) == null) {
                return false;
            }
            idle.remove(id);
            users.merge(id, 1, Integer::sum);
            return true;
        }
    }

    /** A user needs a jar no more. It may be wanted again soon, so the last few stay, unless they take much room. */
    void leave(String id) {
        synchronized (users) {
            if (users.merge(id, -1, Integer::sum) > 0) {
                return;
            }
            users.remove(id);
            byte @Nullable [] length = kept.contains(id) ? null : cache.load(name(id));
            if (length == null) {
                return;
            }
            idle.remove(id);
            idle.put(id, ByteBuffer.wrap(length).getInt());
            long bytes = idle.values().stream().mapToLong(each -> each).sum();
            for (String oldest : List.copyOf(idle.keySet())) {
                if (bytes > idleBytes) {
                    bytes -= remove(oldest);
                }
            }
        }
    }

    /** Under the users' lock. */
    private int remove(String id) {
        int length = Objects.requireNonNull(idle.remove(id));
        cache.remove(NO_WORKFLOW, name(id));
        for (int i = 0; i * PIECE < length; i++) {
            cache.remove(NO_WORKFLOW, name(id) + "/" + i);
        }
        return length;
    }

    /** Has a jar stay whoever leaves it. */
    void keep(String id) {
        synchronized (users) {
            kept.add(id);
            idle.remove(id);
        }
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
