package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.UsageException;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.remote.Contact;
import dev.kiln.runtime.remote.RemoteAccess;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that go to a running cluster; a picocli mixin. */
final class RemoteOptions {

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

    /** Whether a running cluster was asked for, where the command could do without. */
    boolean isGiven() {
        return tokenFile != null || address != null;
    }

    Path tokenFile() {
        Path given = tokenFile;
        return given == null ? Path.of(System.getProperty("user.home"), ".kiln", "cluster.token") : given;
    }

    Contact contact() throws IOException {
        Contact found = Contact.read(tokenFile());
        try {
            return address == null ? found : found.at(address);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Connects; what goes wrong is one line. */
    RemoteAccess connect() {
        try {
            return RemoteAccess.connect(contact());
        } catch (IOException e) {
            throw new ClusterFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A reply that is not a refusal. */
    static ObjectReply checked(ObjectReply reply) {
        if (reply instanceof ObjectReply.Failed failed) {
            throw new ClusterFailedException(failed.problem().message(), new IOException("refused"));
        }
        return reply;
    }
}
