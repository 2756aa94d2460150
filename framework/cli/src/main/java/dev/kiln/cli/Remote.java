package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.remote.Contact;
import dev.kiln.runtime.remote.RemoteAccess;
import java.io.IOException;

/** The way to a cluster that runs already. */
final class Remote {

    private Remote() {}

    static Contact contact(RunningCluster where) throws IOException {
        Contact found = Contact.read(where.tokenFile());
        String address = where.address();
        try {
            return address == null ? found : found.at(address);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Connects; what goes wrong is one line. */
    static RemoteAccess connect(RunningCluster where) {
        try {
            return RemoteAccess.connect(contact(where));
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
