package dev.kiln.cli;

import dev.kiln.command.ClusterFailedException;
import dev.kiln.command.ClusterOptions;
import dev.kiln.command.UsageException;
import dev.kiln.runtime.remote.Contact;
import dev.kiln.runtime.remote.RemoteAccess;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kiln cluster start}: another JVM that runs the cluster, in a session of its own. */
@Command(
        name = "start",
        description = {
            "Starts a cluster that stays up until `kiln cluster stop`.",
            "Clients reach it over TLS on the loopback interface, with the token in a file that only you can read."
        },
        footer = {"", "Example:", "  kiln cluster start --nodes 2 --data ~/kiln-data"})
final class ClusterStartCommand implements Callable<Integer> {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final StandardConsole console;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Where to write how to reach it (default: ~/.kiln/cluster.token).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--client-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Where clients come in, on loopback (default: any that is free).")
    private int clientPort;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "Where snapshots, persistent objects and deployed jars are kept; what is there comes back.")
    private @Nullable Path data;

    ClusterStartCommand(StandardConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (clientPort != 0 && (clientPort < 1024 || clientPort > 65535)) {
            throw new UsageException("--client-port " + clientPort + ": expected 1024 to 65535");
        }
        Path token = ClusterServeCommand.tokenFile(tokenFile);
        refuseSecond(token);
        Path log = token.resolveSibling(token.getFileName() + ".log");
        try {
            ClusterServeCommand.makeFolder(token);
            Files.deleteIfExists(token);
            Process started = start(token, log);
            Contact contact = await(started, token, log);
            console.out()
                    .println("cluster of " + cluster.nodes() + (cluster.nodes() == 1 ? " node" : " nodes") + " at "
                            + contact.address() + ", process " + contact.process() + ", token file " + token);
            console.out()
                    .println("programs run there by: kiln run --cluster " + contact.address()
                            + (tokenFile == null ? "" : " --token-file " + token) + " APP.jar");
            return Exit.DONE;
        } catch (IOException e) {
            throw new ClusterFailedException("the cluster cannot start: " + e.getMessage(), e);
        }
    }

    private static void refuseSecond(Path token) {
        try (var _ = RemoteAccess.connect(Contact.read(token))) {
            throw new UsageException("a cluster of the token file " + token
                    + " is up already; stop it with `kiln cluster stop`, or give another --token-file");
        } catch (IOException e) {
            // As it should be: nobody is there.
        }
    }

    private Process start(Path token, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        // In a session of its own, so that closing the terminal does not end it.
        onPath("setsid").or(() -> onPath("nohup")).ifPresent(command::add);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            command.add(flag.startsWith("-XX:AOTCache=") ? flag.replace("help.aot", "cluster.aot") : flag);
        }
        command.addAll(List.of("-Dkiln.terminal.out=false", "-Dkiln.terminal.err=false"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("cluster", "serve", "--nodes", Integer.toString(cluster.nodes())));
        command.addAll(List.of("--slots", Integer.toString(cluster.slots())));
        command.addAll(List.of("--memory", Long.toString(cluster.memoryBytes())));
        command.addAll(List.of("--port", Integer.toString(cluster.port())));
        command.addAll(List.of("--client-port", Integer.toString(clientPort)));
        command.addAll(List.of("--token-file", token.toAbsolutePath().toString()));
        if (data != null) {
            command.addAll(List.of("--data", data.toAbsolutePath().toString()));
        }
        Files.deleteIfExists(log);
        Files.createFile(log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true)
                .start();
    }

    private static Optional<String> onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file.toString());
            }
        }
        return Optional.empty();
    }

    private static Contact await(Process started, Path token, Path log) throws IOException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        try {
            while (System.nanoTime() < end) {
                if (Files.exists(token)) {
                    return Contact.read(token);
                }
                if (started.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw new ClusterFailedException(lastWord(log), new IOException("it ended"));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        started.destroy();
        throw new ClusterFailedException("the cluster did not come up in time; see " + log, new IOException("late"));
    }

    private static String lastWord(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return lines.reversed().stream()
                .filter(line -> line.startsWith("kiln: "))
                .findFirst()
                .map(line -> line.substring("kiln: ".length()))
                .orElse("the cluster ended at once; see " + log);
    }
}
