package dev.kiln.slurm.cli;

import dev.kiln.command.Console;
import dev.kiln.command.UsageException;
import dev.kiln.tasks.Workflow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of this module as a user runs them, on a machine whose Slurm is a few scripts. */
final class Session implements Console {

    @Command(name = "kiln")
    private static final class Root {}

    @Command(name = "csvm")
    private static final class Csvm {}

    final Path folder;
    final Path jar;
    final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    Session(Path folder) throws IOException {
        this.folder = folder;
        jar = folder.resolve("app.jar");
        try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new java.util.zip.ZipEntry("App.class"));
        }
        Files.writeString(folder.resolve("site.yaml"), "shared: [" + folder + "]\n");
        Files.createDirectory(folder.resolve("bin"));
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.put("KILN_RUNS", folder.resolve("runs").toString());
        environment.put("KILN_PROFILE", folder.resolve("site.yaml").toString());
        program("sinfo", "echo 'main|infinite|2|4'; echo 'main|infinite|2|8'; echo 'short|2:00|4|4'");
        program("sbatch", "echo 4711");
        program("scontrol", "echo 'JobId=4711 JobState=PENDING Reason=Resources ExitCode=0:0'");
        program("scancel", "echo \"$@\" >" + folder.resolve("cancelled"));
    }

    /** Puts a program on PATH. */
    void program(String name, String shell) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Surroundings around() {
        return new Surroundings(
                environment,
                folder,
                folder.toString(),
                folder.resolve("kiln"),
                () -> Instant.parse("2026-11-21T08:00:00Z"),
                () -> "00ff",
                time -> Thread.yield());
    }

    /** Runs a command; returns its exit code, 2 for what it refuses. */
    int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Supplier<Surroundings> around = this::around;
        var line = new CommandLine(new Root())
                .addSubcommand(new Csvm())
                .addSubcommand(new SubmitCommand(this, around))
                .addSubcommand(new JobsCommand(this, around))
                .addSubcommand(new StatusCommand(this, around))
                .addSubcommand(new LogsCommand(this, around))
                .addSubcommand(new AttachCommand(this, around))
                .addSubcommand(
                        new CommandLine(new ScaleCommand(this, around)).setUnmatchedOptionsArePositionalParams(true))
                .addSubcommand(new CancelCommand(this, around));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof UsageException wrong) {
                err().println("kiln: " + wrong.getMessage());
                return 2;
            }
            throw failure;
        });
        line.setParameterExceptionHandler((wrong, args1) -> {
            err().println("kiln: " + wrong.getMessage());
            return 2;
        });
        return line.execute(args);
    }

    String printed() {
        return out.toString();
    }

    String complaints() {
        return err.toString();
    }

    List<Path> runs() throws IOException {
        Path runs = folder.resolve("runs");
        if (!Files.exists(runs)) {
            return List.of();
        }
        try (var found = Files.list(runs)) {
            return found.filter(p -> !p.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    @Override
    public PrintWriter out() {
        return new PrintWriter(out, true);
    }

    @Override
    public PrintWriter err() {
        return new PrintWriter(err, true);
    }

    @Override
    public void json(Object value) {
        out().println(value);
    }

    @Override
    public Progress progress(String label, Workflow workflow) {
        throw new UnsupportedOperationException("these commands open no workflow");
    }
}
