package dev.kiln.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.Launcher;

/** Starts clusters of Ignite nodes on this machine. */
final class IgniteLauncher implements Launcher {

    @Override
    public Session start(ClusterOptions options) {
        throw new ClusterFailedException("no cluster yet", new UnsupportedOperationException());
    }
}
