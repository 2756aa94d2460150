package dev.kiln.ignite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.ignite.failure.FailureHandler;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a further node; started by {@link IgniteCluster}, or by the script of a job, and by nobody else. It
 * ends, at once and without ceremony, when its starter does: a node has nothing of its own to save.
 */
public final class NodeMain {

    private static final int FAILED = 4;
    private static final long LAST_MOMENT_NANOS = 200_000_000;
    private static final int TRIES_OF_FREE_PORTS = 3;

    private NodeMain() {}

    /** Reads the node's settings from standard input, joins, and runs tasks until the input ends. */
    public static void main(String[] args) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        NodeConfiguration.prepareJvm();
        warmUp();
        JobNode job = JobNode.ofThisJvm();
        NodeSettings settings = read(input, job);
        Thread.ofPlatform().daemon().name("kiln-lifeline").start(() -> watch(input, settings));
        FailureHandler onFailure = (ignite, context) -> {
            System.err.println("kiln: " + settings.name() + " stops: " + StartFailure.reason(context.error()));
            Runtime.getRuntime().halt(FAILED);
            return true;
        };
        try {
            if (job == null) {
                start(settings, onFailure);
            } else {
                join(job, settings, onFailure);
            }
        } catch (RuntimeException | Error e) {
            System.err.println("kiln: " + settings.name() + " cannot start: " + StartFailure.reason(e));
            Runtime.getRuntime().halt(StartFailure.isPortTaken(e) ? NodeProcess.PORT_TAKEN : FAILED);
        }
    }

    /** In a job every node is told the same, namely what node 0 is. */
    private static NodeSettings read(BufferedReader input, @Nullable JobNode job) {
        try {
            NodeSettings settings = NodeSettings.read(input);
            if (job == null) {
                return settings;
            }
            Path home = Path.of(System.getProperty("java.io.tmpdir"));
            NodeSettings own = settings.as(job.rank(), settings.network(), home);
            return job.own() ? own.with(job.slots(), job.memoryBytes()) : own;
        } catch (IOException e) {
            System.err.println("kiln: " + e.getMessage());
            Runtime.getRuntime().halt(FAILED);
            throw new IllegalStateException(e);
        }
    }

    private static void start(NodeSettings settings, FailureHandler onFailure) {
        var node = new CompletableFuture<IgniteNode>();
        node.complete(IgniteNode.start(settings, Workers.ALL, onFailure, null, new IgniteNode.Losses() {
            @Override
            public void nodeLost(int rank) {
                if (rank == 0) {
                    end(settings);
                }
            }

            @Override
            public void dismissed() {
                Thread.ofPlatform().name("kiln-leave").start(() -> leave(node.join(), settings));
            }
        }));
    }

    /** Others may be fetching a value from here that they could have had elsewhere: they are given a moment. */
    private static void leave(IgniteNode node, NodeSettings settings) {
        LockSupport.parkNanos(LAST_MOMENT_NANOS);
        // Ignite's readers close their connection whenever they are interrupted, and TLS, which is interrupted while it
        // closes one, interrupts its thread again: round and round, until the stack is full. It ends all the same.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!(failure instanceof StackOverflowError)) {
                System.err.println("kiln: " + settings.name() + " stops: " + thread.getName() + ": " + failure);
            }
        });
        node.close();
        // The rest of the run's folder is the others'.
        RunFolder.delete(settings.workFolder());
        RunFolder.delete(Path.of(System.getProperty("java.io.tmpdir")));
        Runtime.getRuntime().halt(0);
    }

    /** Nobody else chooses the ports of a node of a job: whoever joins tells the others where it is. */
    private static void join(JobNode job, NodeSettings settings, FailureHandler onFailure) {
        String address = HostAddress.find(job.address(), job.network());
        for (int attempt = 1; ; attempt++) {
            List<Integer> ports = Ports.row(address, job.port() + NodeNetwork.PORTS * job.rank() + 16 * (attempt - 1));
            NodeNetwork network = settings.network().at(address, ports);
            try {
                start(settings.as(settings.rank(), network, settings.home()), onFailure);
                return;
            } catch (RuntimeException e) {
                if (!StartFailure.isPortTaken(e) || attempt == TRIES_OF_FREE_PORTS) {
                    throw e;
                }
            }
        }
    }

    /** Loads classes while the first node starts; they are needed in a moment. */
    private static void warmUp() throws ClassNotFoundException {
        Class.forName("org.apache.ignite.internal.IgniteKernal");
        Class.forName("org.apache.ignite.internal.processors.cache.GridCacheProcessor");
        Class.forName("org.apache.ignite.spi.discovery.tcp.ServerImpl");
        Class.forName("org.apache.ignite.spi.communication.tcp.TcpCommunicationSpi");
        Class.forName("dev.kiln.runtime.node.NodeWorker");
    }

    private static void watch(BufferedReader input, NodeSettings settings) {
        int next = 0;
        while (next >= 0) {
            try {
                next = input.read();
            } catch (IOException closed) {
                next = -1;
            }
        }
        end(settings);
    }

    /** Halts: shutdown hooks would wait for tasks and for a cluster that is gone. */
    private static void end(NodeSettings settings) {
        RunFolder.delete(settings.home());
        Runtime.getRuntime().halt(0);
    }
}
