package dev.kiln.ignite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.ignite.failure.FailureHandler;

/**
 * The main class of a further node; started by {@link IgniteCluster} and by nobody else. It ends, at once and without
 * ceremony, when its starter does: a node has nothing of its own to save.
 */
public final class NodeMain {

    private static final int FAILED = 4;

    private NodeMain() {}

    /** Reads the node's settings from standard input, joins, and runs tasks until the input ends. */
    public static void main(String[] args) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        NodeConfiguration.prepareJvm();
        warmUp();
        NodeSettings settings = NodeSettings.read(input);
        Thread.ofPlatform().daemon().name("kiln-lifeline").start(() -> watch(input, settings));
        FailureHandler onFailure = (ignite, context) -> {
            System.err.println("kiln: " + settings.name() + " stops: " + StartFailure.reason(context.error()));
            Runtime.getRuntime().halt(FAILED);
            return true;
        };
        try {
            IgniteNode.start(settings, Workers.ALL, onFailure, null, rank -> {
                if (rank == 0) {
                    end(settings);
                }
            });
        } catch (RuntimeException | Error e) {
            System.err.println("kiln: " + settings.name() + " cannot start: " + StartFailure.reason(e));
            Runtime.getRuntime().halt(StartFailure.isPortTaken(e) ? NodeProcess.PORT_TAKEN : FAILED);
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
