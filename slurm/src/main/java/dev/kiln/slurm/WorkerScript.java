package dev.kiln.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes of the script of a job that of a node which is to join it: the same place, time and environment, but one node. */
final class WorkerScript {

    /** What a job of one node that belongs to another job asks for otherwise, or not at all. */
    private static final List<String> DROPPED = List.of(
            "--job-name=",
            "--nodes=",
            "--ntasks-per-node=",
            "--array=",
            "--dependency=",
            "--kill-on-invalid-dep",
            "--no-kill",
            "--requeue",
            "--no-requeue",
            "--output=",
            "--open-mode=",
            "--nodelist=",
            "--switches=",
            "--signal=",
            "--mail-");

    private static final String DIRECTIVE = "#SBATCH ";

    /** Behind it stand nodes that are not like the first ones. */
    private static final String OTHERS = DIRECTIVE + "hetjob";

    private WorkerScript() {}

    static String of(String script, Run run, int rank) {
        int end = script.indexOf("\nexec ") + 1;
        List<String> lines = new ArrayList<>();
        boolean first = true;
        for (String line : script.substring(0, end).lines().toList()) {
            first &= !line.equals(OTHERS);
            if (!line.startsWith(DIRECTIVE) || (first && !isDropped(line))) {
                lines.add(line);
            }
        }
        if (run.backend() == Backend.SLURM) {
            lines.addAll(1, directives(run, rank)); // behind #!/bin/bash
        }
        // Of a task of an array, its own.
        lines.add("export KILN_JOB=" + JobScript.quoted(run.folder().toString()));
        lines.add("export KILN_JOB_RANK=" + rank);
        String command = script.substring(end).lines().findFirst().orElse("");
        lines.add(command.replaceFirst("/bin/kiln-job('?) .*", "/bin/kiln-worker$1"));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> directives(Run run, int rank) {
        String log = run.folder()
                .resolve("extra")
                .resolve(Integer.toString(rank))
                .resolve("job.log")
                .toString();
        return Stream.of(
                        "--job-name=" + run.notes().getOrDefault("name", "kiln") + "-node-" + rank,
                        "--nodes=1",
                        "--ntasks=1",
                        "--no-requeue",
                        "--output=" + JobScript.directiveValue(log))
                .map(DIRECTIVE::concat)
                .toList();
    }

    private static boolean isDropped(String line) {
        return line.startsWith(DIRECTIVE)
                && DROPPED.stream().anyMatch(option -> line.startsWith(option, DIRECTIVE.length()));
    }
}
