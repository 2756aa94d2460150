package dev.kiln.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/** Where the JVM starts, and the one place that ends it. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name, and ends the JVM with its {@linkplain Exit exit code}. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofThisJvm();
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        var console = new StandardConsole(out, err, terminal, InstantSource.system());
        int code = new Kiln(options -> new IgniteClusters().start(options), console).run(args);
        out.flush();
        err.flush();
        // Whatever threads a program or a cluster left behind end here.
        System.exit(code);
    }
}
