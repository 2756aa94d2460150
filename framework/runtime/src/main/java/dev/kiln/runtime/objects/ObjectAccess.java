package dev.kiln.runtime.objects;

import java.util.concurrent.CompletableFuture;

/** A way to the cluster's active objects. Thread-safe; asking never waits, and every request is answered in time. */
public interface ObjectAccess {

    /** The future never fails: what cannot be done is answered by {@link ObjectReply.Failed}. */
    CompletableFuture<ObjectReply> ask(ObjectRequest request);
}
