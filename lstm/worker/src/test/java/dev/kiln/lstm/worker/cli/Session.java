package dev.kiln.lstm.worker.cli;

import dev.kiln.command.ClusterOptions;
import dev.kiln.command.CommandContext;
import dev.kiln.command.Console;
import dev.kiln.command.Launcher;
import dev.kiln.command.UsageException;
import dev.kiln.runtime.local.LocalCluster;
import dev.kiln.tasks.Workflow;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** A command line whose clusters are nodes in this JVM, and which keeps what is printed. For one thread. */
final class Session implements Launcher, Console {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final PrintWriter outWriter = new PrintWriter(out, true);
    private final PrintWriter errWriter = new PrintWriter(err, true);
    private int started;
    private String lastProgress = "";
    private String lastNote = "";

    /** Runs a command, such as {@code lstm train FILE}; returns its exit code, 2 for a usage error. */
    int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var context = new CommandContext(this, this);
        return new CommandLine(new Root())
                .addSubcommand(new LstmCommands().command(context))
                .setOut(outWriter)
                .setErr(errWriter)
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    if (e instanceof UsageException) {
                        errWriter.println(e.getMessage());
                        return 2;
                    }
                    throw e;
                })
                .execute(args);
    }

    String printed() {
        return out.toString();
    }

    String complained() {
        return err.toString().strip();
    }

    /** What the last display of progress without a workflow showed last. */
    String shown() {
        return lastProgress + ", " + lastNote;
    }

    /** How many clusters were started. */
    int started() {
        return started;
    }

    @Override
    public Launcher.Session start(ClusterOptions options) {
        started++;
        LocalCluster cluster = LocalCluster.start(options.nodes(), Math.max(1, options.slots()));
        Workflow wf = new Workflow(cluster.open(getClass().getClassLoader()));
        return new Launcher.Session() {
            @Override
            public Workflow workflow() {
                return wf;
            }

            @Override
            public void close() {
                wf.close();
                cluster.close();
            }
        };
    }

    @Override
    public PrintWriter out() {
        return outWriter;
    }

    @Override
    public PrintWriter err() {
        return errWriter;
    }

    @Override
    public void json(Object value) {
        outWriter.println(JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build()
                .writeValueAsString(value));
    }

    @Override
    public Progress progress(String label, Workflow workflow) {
        return new Progress() {
            @Override
            public void note(String text) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public Progress progress(String label, String unit, long all) {
        return new Progress() {
            @Override
            public void note(String text) {
                lastNote = text;
            }

            @Override
            public void done(long steps) {
                lastProgress = label + " " + steps + "/" + all + " " + unit;
            }

            @Override
            public void close() {}
        };
    }

    @CommandLine.Command(name = "kiln")
    private static final class Root {}
}
