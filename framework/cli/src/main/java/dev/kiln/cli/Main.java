package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.ignite.JobNode;
import dev.kiln.tasks.WorkflowOptions;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Where the JVM starts, and the one place that ends it. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name, and ends the JVM with its {@linkplain Exit exit code}. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofThisJvm();
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        var console = new StandardConsole(out, err, terminal, InstantSource.system());
        int code = new Kiln(new LazyClusters(err), console).run(args);
        out.flush();
        err.flush();
        // Whatever threads a program or a cluster left behind end here.
        System.exit(code);
    }

    /** Loads the classes of clusters only when there is one to start, since that takes time. Used by one thread. */
    private static final class LazyClusters implements Clusters {

        private final PrintWriter err;
        private @Nullable Clusters clusters;

        LazyClusters(PrintWriter err) {
            this.err = err;
        }

        @Override
        public Cluster start(ClusterOptions options) {
            Clusters made = clusters;
            if (made == null) {
                made = new IgniteClusters(JobLife.begin(err), note -> err.println("kiln: " + note));
                clusters = made;
            }
            return made.start(options);
        }

        @Override
        public Cluster join(RunningCluster where, WorkflowOptions.@Nullable Checkpoint checkpoint) {
            if (JobNode.ofThisJvm() != null) {
                throw new UsageException("--cluster: a job has nodes of its own; leave it out");
            }
            return JoinedCluster.connect(where, new Checkpoints(checkpoint), note -> err.println("kiln: " + note));
        }
    }
}
