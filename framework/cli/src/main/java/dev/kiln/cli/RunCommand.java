package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kiln run}: a user's program on a cluster. */
@Command(
        name = "run",
        customSynopsis = "kiln run [OPTIONS] APP.jar [MAIN] [-- ARGUMENT...]",
        description = {
            "Runs a program: a jar that is built against kiln-tasks alone.",
            "Workflow.open() in it opens on the cluster that the options describe. What it prints passes through, and"
                    + " the code it exits with is kiln's. The cluster stops when its main method is done; with"
                    + " --cluster it runs already, and goes on."
        },
        footer = {
            "",
            "Examples:",
            "  kiln run word-count.jar -- book.txt",
            "  kiln run --nodes 2 --slots 4 app.jar com.example.Main",
            "  kiln run --checkpoint kept --every 1m app.jar",
            "  kiln run --resume kept app.jar",
            "  kiln run --cluster 127.0.0.1:4711 app.jar"
        })
final class RunCommand implements Callable<Integer> {

    private final ClusterLauncher launcher;

    @Mixin
    private ClusterOptions options = new ClusterOptions();

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description = "Go on from what an earlier run has kept: its checkpoint folder, or a run of kiln submit.")
    private @Nullable String resume;

    /** Where to run it, if not on a cluster of its own. */
    @Mixin
    private RunningCluster running = new RunningCluster();

    // All in one list, since only `--` tells MAIN from the first argument of the program.
    @Parameters(
            arity = "1..*",
            paramLabel = "APP.jar [MAIN] [-- ARGUMENT...]",
            description = "The jar; its main class unless its manifest names one; what the program is given.")
    private List<String> words = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    RunCommand(ClusterLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
        int dashes = typed.indexOf("--");
        int given = dashes < 0 ? 0 : typed.size() - dashes - 1;
        List<String> ours = words.subList(0, words.size() - given);
        List<String> theirs = words.subList(words.size() - given, words.size());
        if (ours.isEmpty()) {
            throw new UsageException("kiln run: expected APP.jar before --");
        }
        if (ours.size() > 2) {
            throw new UsageException("kiln run: unexpected " + ours.get(2) + "; arguments of the program go after --");
        }
        Program program = Program.load(Path.of(ours.getFirst()), ours.size() == 2 ? ours.get(1) : null);
        try (Clusters.Cluster cluster = launcher.cluster(kept(), running)) {
            program.run(cluster, theirs.toArray(String[]::new));
        }
        return Exit.DONE;
    }

    /** The options, with the folder of the run to go on from. */
    private ClusterOptions kept() {
        if (resume == null) {
            return options;
        }
        if (options.choosesCheckpoint()) {
            throw new UsageException("kiln run: --resume " + resume + " names the folder; leave out --checkpoint");
        }
        return options.keepingIn(EarlierRun.of(resume));
    }
}
