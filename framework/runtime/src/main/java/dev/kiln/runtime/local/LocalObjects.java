package dev.kiln.runtime.local;

import dev.kiln.runtime.code.UserCode;
import dev.kiln.runtime.objects.MemoryStates;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.objects.ObjectHost;
import dev.kiln.runtime.objects.ObjectMessage;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.objects.ObjectRequest;
import dev.kiln.runtime.objects.ObjectService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The active objects of a cluster inside one JVM. What is given and returned travels as between JVMs, so that an object
 * and its callers share nothing here either. Thread-safe; made when first used, its threads are daemons.
 */
final class LocalObjects implements ObjectAccess, AutoCloseable {

    private final List<String> names;
    private final Map<String, ClassLoader> codes = new ConcurrentHashMap<>();
    private @Nullable Running running;
    private boolean closed;

    LocalObjects(List<String> names) {
        this.names = names;
        codes.put(UserCode.OWN_CLASS_PATH, LocalObjects.class.getClassLoader());
    }

    /** Remembers a program's class loader for as long as there may be objects of it. */
    void know(String code, ClassLoader loader) {
        codes.put(code, loader);
    }

    @Override
    public CompletableFuture<ObjectReply> ask(ObjectRequest request) {
        return running().service.ask(request);
    }

    private synchronized Running running() {
        if (closed) {
            throw new IllegalStateException("the cluster is closed");
        }
        Running made = running;
        if (made == null) {
            made = new Running();
            running = made;
        }
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.close();
        }
    }

    /** All nodes' objects. */
    private final class Running implements AutoCloseable {

        private final ExecutorService threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("kiln-objects-", 0).factory());
        private final List<ObjectHost> hosts = new ArrayList<>();
        private final ObjectService service;

        Running() {
            service = new ObjectService(
                    new Link(this, 0, codes), new MemoryStates(), Running::refuse, threads, System::nanoTime);
            for (int rank = 0; rank < names.size(); rank++) {
                hosts.add(new ObjectHost(
                        rank, new Link(this, rank, codes), threads, () -> System.nanoTime() / 1_000_000));
            }
            for (int rank = 0; rank < names.size(); rank++) {
                service.nodeUp(rank, names.get(rank));
            }
        }

        private static String refuse(byte[] jar) {
            throw new IllegalStateException(
                    "a cluster inside one JVM takes no jars: put the implementation on the class path");
        }

        @Override
        public void close() {
            service.close();
            hosts.forEach(ObjectHost::close);
        }
    }

    /** A node's way to the others: a message is a method call. */
    private record Link(LocalObjects.Running nodes, int rank, Map<String, ClassLoader> codes)
            implements ObjectHost.Link {

        @Override
        public void send(int node, ObjectMessage message) {
            if (ObjectService.takes(message)) {
                nodes.service.receive(rank, message);
            } else {
                nodes.hosts.get(node).receive(rank, message);
            }
        }

        @Override
        public ClassLoader load(String code) {
            ClassLoader loader = codes.get(code);
            if (loader == null) {
                throw new IllegalStateException("this cluster knows no code " + code);
            }
            return loader;
        }

        @Override
        public @Nullable String full() {
            return null;
        }
    }
}
