package dev.kiln.runtime.testing;

import dev.kiln.runtime.code.UserCode;
import dev.kiln.runtime.objects.ObjectAccess;
import dev.kiln.runtime.remote.Contact;
import dev.kiln.runtime.remote.Gateway;
import dev.kiln.runtime.remote.RemoteCluster;
import dev.kiln.runtime.remote.WorkflowHost;
import dev.kiln.tasks.Workflow;
import dev.kiln.tasks.WorkflowOptions;
import dev.kiln.tasks.spi.WorkflowBackend;
import dev.kiln.tasks.spi.WorkflowProvider;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A cluster, reached from outside of it by programs: over TLS, although it is all in one JVM. */
public final class Outside implements WorkflowProvider, AutoCloseable {

    private static final UserCode JAR = UserCode.of(new byte[100_000]);

    private final Gateway gateway;
    private final RemoteCluster cluster;
    private final UserCode jar;

    private Outside(Gateway gateway, RemoteCluster cluster, UserCode jar) {
        this.gateway = gateway;
        this.cluster = cluster;
        this.jar = jar;
    }

    /** Of a cluster that keeps no active objects. */
    public static Outside of(WorkflowHost host) throws IOException {
        return of(host, request -> new CompletableFuture<>(), JAR);
    }

    /** Of a cluster that does, and whose nodes have the programs' classes. */
    public static Outside of(WorkflowHost host, ObjectAccess objects) throws IOException {
        return of(host, objects, null);
    }

    private static Outside of(WorkflowHost host, ObjectAccess objects, UserCode jar) throws IOException {
        var control = new Gateway.Control() {
            @Override
            public String status() {
                return "up";
            }

            @Override
            public void stop() {}

            @Override
            public WorkflowHost workflows() {
                return host;
            }
        };
        var gateway = Gateway.open(objects, control, 0, Instant.now());
        return new Outside(gateway, RemoteCluster.connect(gateway.contact(), host.version()), jar);
    }

    /** How to reach it. */
    public Contact contact() {
        return gateway.contact();
    }

    /** The way of the programs. */
    public RemoteCluster cluster() {
        return cluster;
    }

    /** Opens a workflow. */
    public Workflow open() {
        return new Workflow(open(Outside.class.getClassLoader()));
    }

    @Override
    public WorkflowBackend open(ClassLoader code) {
        return open(code, WorkflowOptions.usual());
    }

    @Override
    public WorkflowBackend open(ClassLoader code, WorkflowOptions wish) {
        return cluster.open(code, jar, wish, note -> {});
    }

    /** Cuts all connections, as the end of the cluster's first process does. */
    public void cut() {
        gateway.close();
    }

    @Override
    public void close() {
        cluster.close();
        gateway.close();
    }
}
