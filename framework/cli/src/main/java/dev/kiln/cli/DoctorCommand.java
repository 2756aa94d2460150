package dev.kiln.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says whether this machine is fit to run a cluster. */
@Command(
        name = "doctor",
        description = {
            "Checks Java, its flags, memory, ports, temp space and processors.",
            "Each line says ok or the cure; exit code 3 when something needs one."
        },
        footer = {"", "Example:", "  kiln doctor"})
final class DoctorCommand implements Callable<Integer> {

    /** As --json prints it. */
    private record Report(boolean ok, List<Finding> checks) {}

    private final StandardConsole console;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    DoctorCommand(StandardConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Finding> findings = Checks.all();
        boolean fit = findings.stream().noneMatch(f -> f.state() == Finding.State.BAD);
        if (json) {
            console.json(new Report(fit, findings));
        } else {
            findings.forEach(f -> console.out().println(f.line()));
        }
        return fit ? Exit.DONE : Exit.CLUSTER_FAILED;
    }
}
