package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.UsageException;
import dev.kiln.ignite.IgniteCluster;
import dev.kiln.ignite.JobNode;
import dev.kiln.tasks.WorkflowOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What it means for this JVM that it runs node 0 of a job: it has the nodes that it was given, once, and it ends when the
 * script that started it does. Thread-safe.
 */
final class JobLife {

    /** What the job's script writes when its time is nearly over. */
    private static final String SAVE = "checkpoint";

    private final JobNode node;
    private final PrintWriter err;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final AtomicReference<@Nullable IgniteCluster> cluster = new AtomicReference<>();

    private JobLife(JobNode node, PrintWriter err) {
        this.node = node;
        this.err = err;
    }

    /**
     * Ties this JVM to its job, or returns null when it is part of none. From then on it ends at once when its standard input
     * ends or the process that started it does: then nobody waits for it any more. A program finds its own input empty.
     */
    static @Nullable JobLife begin(PrintWriter err) {
        JobNode node = JobNode.ofThisJvm();
        if (node == null) {
            return null;
        }
        var life = new JobLife(node, err);
        life.listen();
        return life;
    }

    private void listen() {
        InputStream lifeline = System.in;
        System.setIn(InputStream.nullInputStream());
        daemon("kiln-lifeline", () -> {
            var lines = new BufferedReader(new InputStreamReader(lifeline, StandardCharsets.UTF_8));
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.equals(SAVE)) {
                        daemon("kiln-last-checkpoint", this::save);
                    }
                }
            } catch (IOException closed) {
                // That is its end too.
            }
            end("the job's script is gone");
        });
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> daemon("kiln-parent", () -> {
                    parent.onExit().join();
                    end("the process that started it is gone");
                }));
    }

    /** Where the job keeps what it has done, or null. */
    WorkflowOptions.@Nullable Checkpoint checkpoint() {
        JobNode.Saving saving = node.saving();
        return saving == null ? null : new WorkflowOptions.Checkpoint(saving.folder(), saving.every());
    }

    /** Its cluster is up. */
    void runs(IgniteCluster started) {
        cluster.set(started);
    }

    /** The job's time is nearly over: what it has done is kept, and its script is asked for another run. */
    private void save() {
        JobNode.Saving saving = node.saving();
        if (saving == null) {
            return;
        }
        IgniteCluster running = cluster.get();
        try {
            if (running != null) {
                running.checkpoint(saving.before().multipliedBy(4).dividedBy(5));
            }
        } catch (IllegalStateException e) {
            err.println("kiln: " + e.getMessage());
        }
        try {
            Files.writeString(node.folder().resolve("resume"), "its time is nearly over\n");
        } catch (IOException e) {
            end("the job's time is nearly over, and it cannot ask to be started again: " + e);
        }
        err.println("kiln: the job's time is nearly over; what it has done is kept");
        err.flush();
        Runtime.getRuntime().halt(Exit.TO_BE_RESUMED);
    }

    private static void daemon(String name, Runnable work) {
        Thread.ofPlatform().daemon().name(name).start(work);
    }

    /** The nodes of the job, with the resources that the options ask for. */
    JobNode claim(ClusterOptions options) {
        if (options.nodes() != 1 && options.nodes() != node.nodes()) {
            throw new UsageException("--nodes " + options.nodes() + ": this job has " + node.nodes()
                    + "; give --nodes to kiln submit alone");
        }
        if (options.port() != 0) {
            throw new UsageException("--port " + options.port() + ": a job chooses its ports by itself; leave it out");
        }
        if (!claimed.compareAndSet(false, true)) {
            throw new UsageException("this command starts more than one cluster, which a job cannot");
        }
        return node.with(
                options.slots() == 0 ? node.slots() : options.slots(),
                options.choosesMemory() ? options.memoryBytes() : node.memoryBytes());
    }

    /** A node is lost: what that means was said when the job was submitted. */
    void nodeLost(String name) {
        switch (node.lossIs()) {
            case BORNE -> err.println("kiln: " + name + " is lost; other nodes run its tasks");
            case FATAL -> end(name + " is lost, and --on-worker-loss is fail");
            case REPEATED -> {
                try {
                    Path wish = node.folder().resolve("requeue");
                    Files.writeString(wish, name + " is lost\n");
                } catch (IOException e) {
                    end(name + " is lost, and the job cannot ask to be started again: " + e);
                }
                end(name + " is lost; the job starts again");
            }
        }
    }

    private void end(String why) {
        err.println("kiln: " + why);
        err.flush();
        Runtime.getRuntime().halt(Exit.CLUSTER_FAILED);
    }
}
