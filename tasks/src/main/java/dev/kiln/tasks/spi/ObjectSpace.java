package dev.kiln.tasks.spi;

import dev.kiln.tasks.ObjectInfo;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster does for active objects, as one program sees it. Thread-safe. Whatever fails for a reason that
 * programs should know throws, or completes its future with, a {@link dev.kiln.tasks.ActiveObjectException}. Methods
 * that take an id fail when the object was deleted.
 */
public interface ObjectSpace {

    /** Creates an object and waits for it. */
    ObjectInfo create(ObjectSpec spec, List<@Nullable Object> args);

    /** The object of that name. */
    ObjectInfo find(String alias);

    /** All objects, in the order of their names. */
    List<ObjectInfo> list();

    /**
     * Arguments as they travel.
     *
     * @throws IllegalArgumentException when one cannot; the message names it
     */
    byte[] encode(ObjectMethod method, List<@Nullable Object> args);

    /**
     * Calls a method; never waits. The future fails with {@link dev.kiln.tasks.TaskFailedException}, whose cause is
     * what the method threw.
     */
    CompletableFuture<@Nullable Object> call(ObjectCall call);

    /** The number of updates that it has finished. */
    long version(long object);

    /** Keeps its state under its version, which is returned. */
    long snapshot(long object);

    /** Brings back a state that was kept, as one more update. */
    void restore(long object, long version);

    /** Moves its home to a node. */
    void move(long object, String node);

    /** Has that many further nodes hold a copy. */
    void replicate(long object, int copies);

    /** Deletes it. */
    void delete(long object);
}
