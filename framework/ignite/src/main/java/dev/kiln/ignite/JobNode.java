package dev.kiln.ignite;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM knows that was started for one node of a job, on one of several hosts, by the job's own means: a cluster of
 * such nodes starts no JVM itself. It stands in system properties, none of which is a secret; what is one stands in the
 * job's folder.
 *
 * @param folder the job's folder, which all its hosts see
 * @param run names this run of the job: a job that is started again has another
 * @param rank the node's number
 * @param nodes how many nodes the job has
 * @param least how many of them must come up
 * @param address the host's name or address
 * @param network the name of the network interface to use, or a range such as {@code 10.1.0.0/16}; null for that of
 *     {@code address}
 * @param port where to look for free ports first
 * @param slots how many tasks a node runs at once
 * @param memoryBytes a node's memory for blocks
 * @param join how long nodes may take to come up
 * @param own whether it may have other slots and memory than node 0, as its host is another one
 * @param lossIs what the loss of a node is to the job
 * @param saving where and how often it keeps what it has done, if it does
 */
public record JobNode(
        Path folder,
        String run,
        int rank,
        int nodes,
        int least,
        String address,
        @Nullable String network,
        int port,
        int slots,
        long memoryBytes,
        Duration join,
        boolean own,
        LossIs lossIs,
        @Nullable Saving saving) {

    private static final String PREFIX = "kiln.job";

    /**
     * How a job keeps what it has done.
     *
     * @param folder where
     * @param every how often
     * @param before how long before its end it is told to, for the last time
     */
    public record Saving(Path folder, Duration every, Duration before) {}

    /** What the loss of a node is to a job. */
    public enum LossIs {
        /** Nothing: other nodes run its tasks. */
        BORNE,
        /** Its end. */
        FATAL,
        /** Its end, and the beginning of its next run. */
        REPEATED
    }

    /** As the system properties of this JVM have it, or null when it was not started for a job. */
    public static @Nullable JobNode ofThisJvm() {
        String folder = System.getProperty(PREFIX);
        if (folder == null) {
            return null;
        }
        return new JobNode(
                Path.of(folder),
                text("run"),
                Integer.parseInt(text("rank")),
                Integer.parseInt(text("nodes")),
                Integer.parseInt(text("least")),
                text("address"),
                System.getProperty(PREFIX + ".network"),
                Integer.parseInt(text("port")),
                Integer.parseInt(text("slots")),
                Long.parseLong(text("memory")),
                Duration.ofSeconds(Long.parseLong(text("join"))),
                "yes".equals(System.getProperty(PREFIX + ".own")),
                switch (text("loss")) {
                    case "fail" -> LossIs.FATAL;
                    case "requeue" -> LossIs.REPEATED;
                    default -> LossIs.BORNE;
                },
                saved());
    }

    private static @Nullable Saving saved() {
        String folder = System.getProperty(PREFIX + ".checkpoint");
        return folder == null
                ? null
                : new Saving(
                        Path.of(folder),
                        Duration.ofSeconds(Long.parseLong(text("every"))),
                        Duration.ofSeconds(Long.parseLong(text("before"))));
    }

    private static String text(String name) {
        String value = System.getProperty(PREFIX + "." + name);
        if (value == null) {
            throw new ClusterStartException(
                    "this JVM lacks -D" + PREFIX + "." + name + ", which the job's script should have given it");
        }
        return value;
    }

    /** The same with other resources of a node. */
    public JobNode with(int otherSlots, long otherMemory) {
        return new JobNode(
                folder,
                run,
                rank,
                nodes,
                least,
                address,
                network,
                port,
                otherSlots,
                otherMemory,
                join,
                own,
                lossIs,
                saving);
    }
}
