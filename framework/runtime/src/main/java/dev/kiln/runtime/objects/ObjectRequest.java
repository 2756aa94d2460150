package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Kind;
import org.jspecify.annotations.Nullable;

/** What a program asks of the cluster's {@link ObjectService}, from the same JVM or through a client. */
public sealed interface ObjectRequest {

    /**
     * To create an object; answered by {@link ObjectReply.Infos} of one.
     *
     * @param implementation a class, a deployed jar's name, or empty
     * @param code the jar of the program itself, or empty
     * @param node the node that is wanted, or null for any
     * @param args the constructor's arguments
     */
    record Create(
            String alias,
            String type,
            String implementation,
            String code,
            @Nullable String node,
            int backups,
            boolean persistent,
            boolean lastSnapshotWillDo,
            byte[] args)
            implements ObjectRequest {}

    /** To find one; answered by {@link ObjectReply.Infos} of one. */
    record Find(String alias) implements ObjectRequest {}

    /** To list all; answered by {@link ObjectReply.Infos}. */
    record ListAll() implements ObjectRequest {}

    /** To call one; answered by {@link ObjectReply.Value}. */
    record Invoke(
            long object,
            String alias,
            Kind kind,
            String method,
            String descriptor,
            byte[] args,
            long timeoutMillis,
            boolean repeatable)
            implements ObjectRequest {}

    /** For its version; answered by {@link ObjectReply.Count}. */
    record Version(long object) implements ObjectRequest {}

    /** To keep its state; answered by {@link ObjectReply.Count}, the version. */
    record Snapshot(long object) implements ObjectRequest {}

    /** To take back a state. */
    record Restore(long object, long version) implements ObjectRequest {}

    /** To move its home. */
    record Move(long object, String node) implements ObjectRequest {}

    /** To have so many copies. */
    record Replicate(long object, int copies) implements ObjectRequest {}

    /** To delete it. */
    record Delete(long object) implements ObjectRequest {}

    /** To make the implementations in a jar known; answered by {@link ObjectReply.Text}, what was found in it. */
    record Deploy(String name, byte[] jar) implements ObjectRequest {}

    /** Whether copies and homes change by themselves. */
    record Balance(boolean on) implements ObjectRequest {}

    /** Why an object is where it is; answered by {@link ObjectReply.Text}. */
    record Why(String alias) implements ObjectRequest {}
}
