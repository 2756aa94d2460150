package dev.kiln.cli;

import dev.kiln.command.RunningCluster;
import dev.kiln.command.UsageException;
import dev.kiln.runtime.objects.ObjectReply;
import dev.kiln.runtime.objects.ObjectRequest;
import dev.kiln.runtime.remote.RemoteAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kiln deploy}: implementations of active objects, brought to the nodes of a running cluster. */
@Command(
        name = "deploy",
        description = {
            "Brings a jar with implementations of active objects to the nodes of a running cluster.",
            "The jar declares them in META-INF/services and holds all they need besides Kiln. Objects that exist keep"
                    + " the implementation they have; new ones get the one deployed last."
        },
        footer = {"", "Example:", "  kiln deploy forecaster-1.1.jar"})
final class DeployCommand implements Callable<Integer> {

    private final StandardConsole console;

    @Mixin
    private RunningCluster remote = new RunningCluster();

    @Parameters(paramLabel = "IMPL.jar", description = "The jar.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path jar;

    DeployCommand(StandardConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(jar);
        } catch (IOException e) {
            throw new UsageException(jar + " cannot be read; give the jar with the implementation");
        }
        try (RemoteAccess cluster = Remote.connect(remote)) {
            var request = new ObjectRequest.Deploy(String.valueOf(jar.getFileName()), bytes);
            ObjectReply reply = cluster.ask(request).join();
            if (reply instanceof ObjectReply.Failed failed) {
                throw new UsageException(failed.problem().message());
            }
            console.out().println(reply instanceof ObjectReply.Text(String text) ? text : reply.toString());
        }
        return Exit.DONE;
    }
}
