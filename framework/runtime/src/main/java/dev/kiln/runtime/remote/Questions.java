package dev.kiln.runtime.remote;

import dev.kiln.runtime.cluster.BlockCacheFullException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a workflow has asked its cluster and waits for. Thread-safe: whoever asks after the end sees that. */
final class Questions {

    private final Map<Long, CompletableFuture<byte @Nullable []>> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile @Nullable String end;

    /** One that is to be sent. */
    record Open(long number, CompletableFuture<byte @Nullable []> answer) {

        /** Waits; throws as the cluster would have. */
        byte @Nullable [] join() {
            try {
                return answer.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException known ? known : e;
            }
        }
    }

    Open open() {
        long number = numbers.incrementAndGet();
        var answer = new CompletableFuture<byte @Nullable []>();
        open.put(number, answer);
        String why = end;
        if (why != null) {
            fail(number, new IllegalStateException(why));
        }
        return new Open(number, answer);
    }

    void answered(long number, byte @Nullable [] data) {
        CompletableFuture<byte @Nullable []> question = open.remove(number);
        if (question != null) {
            question.complete(data);
        }
    }

    void failed(long number, boolean full, String why) {
        fail(number, full ? new BlockCacheFullException(why) : new IllegalStateException(why));
    }

    private void fail(long number, RuntimeException why) {
        CompletableFuture<byte @Nullable []> question = open.remove(number);
        if (question != null) {
            question.completeExceptionally(why);
        }
    }

    /** No answer comes any more. */
    void end(String why) {
        end = why;
        for (long number : List.copyOf(open.keySet())) {
            fail(number, new IllegalStateException(why));
        }
    }
}
