package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Origin;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where states of objects are kept: in memory, or in a folder that outlives the cluster. Thread-safe. */
public interface StateStore {

    /** A state that was kept. */
    record Kept(long version, byte[] state) {}

    /** What is known of an object besides its states, so that it can be made again. */
    record Card(long id, Origin origin, int wanted, boolean persistent, boolean lastSnapshotWillDo) {}

    /** Keeps a state for as long as the object exists; in the same version it replaces the one before. */
    void snapshot(Card card, long version, byte[] state) throws IOException;

    /** Keeps the state after an update in place of that after the update before; on disk when this returns. */
    void current(Card card, long version, byte[] state) throws IOException;

    /** The newest state, however it was kept. */
    @Nullable Kept latest(long object);

    /** The snapshot of a version. */
    byte @Nullable [] snapshot(long object, long version) throws IOException;

    /** The versions that there are snapshots of, rising. */
    List<Long> versions(long object);

    /** Forgets all of an object. */
    void forget(long object);

    /** The objects that were kept by a cluster before. */
    List<Card> cards();

    /** Keeps a jar that was deployed. */
    void jar(String name, byte[] jar) throws IOException;

    /** A jar with its name. */
    record Jar(String name, byte[] jar) {}

    /** The jars that were kept, the oldest first. */
    List<Jar> jars() throws IOException;
}
