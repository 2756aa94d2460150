package dev.kiln.runtime.objects;

import dev.kiln.runtime.objects.ObjectMessage.Problem;
import dev.kiln.tasks.ActiveObjectException.Reason;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what may wait for disks and the cluster on threads that may. Thread-safe. */
final class SlowWork {

    private final Executor threads;

    SlowWork(Executor threads) {
        this.threads = threads;
    }

    /** Something that ends in a reply, or in the reason why it does not. */
    interface Work {
        ObjectReply run() throws IOException, ProblemException;
    }

    void run(Runnable work) {
        threads.execute(work);
    }

    /** Runs it; the reply is completed in any case. */
    CompletableFuture<ObjectReply> reply(Work work) {
        var reply = new CompletableFuture<ObjectReply>();
        try {
            threads.execute(() -> reply.complete(done(work)));
        } catch (RejectedExecutionException closing) {
            reply.complete(new ObjectReply.Failed(new Problem(Reason.UNREACHABLE, "the cluster is closed")));
        }
        return reply;
    }

    private static ObjectReply done(Work work) {
        try {
            return work.run();
        } catch (ProblemException e) {
            return new ObjectReply.Failed(e.problem());
        } catch (IOException | RuntimeException e) {
            return new ObjectReply.Failed(new Problem(Reason.FAILED, Implementation.oneLine(e)));
        }
    }
}
