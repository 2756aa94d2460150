package dev.kiln.runtime.node;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A few threads of a node for what waits or takes long: encoding, decoding, the cache, files. They are made when there
 * is something for them, which in one JVM is seldom, and end after a while without. Thread-safe: its monitor guards the
 * pool until that is there.
 */
final class IoThreads implements Executor, AutoCloseable {

    private static final int MOST = 4;
    private static final int IDLE_SECONDS = 5;

    private final String node;
    private @Nullable ThreadPoolExecutor pool;
    private boolean closed;

    IoThreads(String node) {
        this.node = node;
    }

    /** Of a node that was closed meanwhile nobody expects anything: then this does nothing. */
    @Override
    public void execute(Runnable task) {
        ThreadPoolExecutor threads;
        synchronized (this) {
            if (closed) {
                return;
            }
            if (pool == null) {
                pool = start();
            }
            threads = pool;
        }
        threads.execute(task);
    }

    private ThreadPoolExecutor start() {
        var number = new AtomicInteger();
        var threads = new ThreadPoolExecutor(
                MOST,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform()
                        .daemon()
                        .name("kiln-" + node + "-io-" + number.getAndIncrement())
                        .unstarted(task),
                new ThreadPoolExecutor.DiscardPolicy());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Lets tasks end that were given before; does not wait. */
    @Override
    public synchronized void close() {
        closed = true;
        if (pool != null) {
            pool.shutdown();
        }
    }
}
