package dev.kiln.slurm;

import java.util.List;
import java.util.stream.Collectors;

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

    private static final String OTHERS = DIRECTIVE + "hetjob\n";

    private WorkerScript() {}

    static String of(String script, Run run, int rank) {
        String name = run.notes().getOrDefault("name", "kiln");
        String log = run.folder()
                .resolve("extra")
                .resolve(Integer.toString(rank))
                .resolve("job.log")
                .toString();
        String head = script.substring(0, script.indexOf("\nexec ") + 1);
        String last = script.substring(head.length());
        // Of nodes that are not all alike it is one of the first kind.
        int others = head.indexOf(OTHERS);
        List<String> kept = head.lines()
                .limit(
                        others < 0
                                ? Long.MAX_VALUE
                                : head.substring(0, others).lines().count())
                .filter(line -> !isDropped(line))
                .collect(Collectors.toList());
        if (others >= 0) {
            head.substring(others)
                    .lines()
                    .filter(line -> !line.startsWith(DIRECTIVE))
                    .forEach(kept::add);
        }
        String asked = String.join("\n", kept);
        String own = run.backend() == Backend.SLURM
                ? DIRECTIVE + "--job-name=" + name + "-node-" + rank + "\n" + DIRECTIVE + "--nodes=1\n" + DIRECTIVE
                        + "--ntasks=1\n" + DIRECTIVE + "--no-requeue\n" + DIRECTIVE + "--output="
                        + (log.indexOf(' ') < 0 ? log : '"' + log + '"') + "\n"
                : "";
        int first = asked.indexOf('\n') + 1;
        return asked.substring(0, first)
                + own
                + asked.substring(first)
                + "\nexport KILN_JOB_RANK=" + rank + "\n"
                + last.lines().findFirst().orElse("").replaceFirst("/bin/kiln-job('?) .*", "/bin/kiln-worker$1")
                + "\n";
    }

    private static boolean isDropped(String line) {
        return line.startsWith(DIRECTIVE)
                && DROPPED.stream().anyMatch(option -> line.startsWith(option, DIRECTIVE.length()));
    }
}
