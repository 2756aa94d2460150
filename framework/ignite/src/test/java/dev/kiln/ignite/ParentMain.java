package dev.kiln.ignite;

import java.io.IOException;

/** A JVM that starts a cluster, prints where it is, and waits to be killed. */
final class ParentMain {

    private ParentMain() {}

    public static void main(String[] args) throws IOException {
        IgniteCluster cluster = IgniteCluster.start(
                IgniteClusterOptions.of(2, 1).withMemory(64L << 20).withHeap(256L << 20));
        System.out.println(cluster.processIds().getFirst() + " " + cluster.folder());
        System.out.flush();
        while (System.in.read() >= 0) {
            System.out.flush();
        }
    }
}
