package dev.kiln.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that go to a cluster which runs already; a picocli mixin. */
public final class RunningCluster {

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The file that says how to reach a running cluster (default: ~/.kiln/cluster.token).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--cluster",
            paramLabel = "HOST:PORT",
            description = "Where a running cluster listens (default: where the token file says).")
    private @Nullable String address;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * Whether one is named, in a command that could start one of its own.
     *
     * @throws UsageException when options tell too what that would be like
     */
    public boolean isGiven() {
        if (tokenFile == null && address == null) {
            return false;
        }
        for (String option : ClusterOptions.SHAPE) {
            if (command != null && command.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new UsageException(option + " is for a cluster of its own, and "
                        + (address == null ? "--token-file" : "--cluster")
                        + " names one that runs already; leave one of them out");
            }
        }
        return true;
    }

    /** The file that says how to reach it. */
    public Path tokenFile() {
        Path given = tokenFile;
        return given == null ? Path.of(System.getProperty("user.home"), ".kiln", "cluster.token") : given;
    }

    /** {@code HOST:PORT} as it was given; null for where the file says. */
    public @Nullable String address() {
        return address;
    }
}
