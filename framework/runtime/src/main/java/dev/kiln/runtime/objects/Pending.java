package dev.kiln.runtime.objects;

import java.util.concurrent.CompletableFuture;

/** A call that is not answered. The node it went to is written by one thread at a time: whoever dispatches it. */
final class Pending {

    final ObjectRequest.Invoke request;
    final CompletableFuture<ObjectReply> reply = new CompletableFuture<>();
    final long began;
    final long deadline;

    volatile long number;
    volatile int node = Integer.MIN_VALUE;
    volatile Entry.Route route;

    Pending(ObjectRequest.Invoke request, Entry.Route route, long nanos, long millis) {
        this.request = request;
        this.route = route;
        this.began = nanos;
        this.deadline = millis + request.timeoutMillis();
    }

    boolean exclusive() {
        return request.kind() == ObjectMessage.Kind.UPDATE || request.kind() == ObjectMessage.Kind.RESTORE;
    }

    /** Whether a copy may answer. */
    boolean anywhere() {
        return request.kind() == ObjectMessage.Kind.READ;
    }

    /** For messages. */
    String title() {
        return request.method() + " of " + request.alias();
    }
}
