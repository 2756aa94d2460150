package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Slurm, as its command line programs give access to it; needs no accounting. Thread-safe. */
public final class Slurm {

    private final Programs programs;

    /** By the programs that are found there. */
    public Slurm(Programs programs) {
        this.programs = programs;
    }

    /** Hands a script to Slurm; returns the number of the job. */
    String submit(Path script) {
        Programs.Output ran = programs.run("sbatch", List.of("--parsable", script.toString()));
        if (ran.code() != 0) {
            throw new UsageException("Slurm refuses the job: " + ran.complaint("sbatch"));
        }
        return ran.out().strip().replaceFirst(";.*", "");
    }

    /** Asks whether Slurm would take a script; returns what it says of when and where. */
    String test(Path script) {
        Programs.Output ran = programs.run("sbatch", List.of("--test-only", script.toString()));
        if (ran.code() != 0) {
            throw new UsageException(
                    "Slurm would refuse the job: " + ran.complaint("sbatch").replaceFirst("^allocation failure: ", ""));
        }
        return ran.complaint("sbatch");
    }

    /**
     * Refuses what Slurm takes and then never starts, or starts too early: a partition that is not there, more nodes or
     * processors than it has, a time that is over its limit, a job to wait for that there is not.
     */
    void check(JobRequest job) {
        List<Partition> all = partitions();
        check(all, job.settings(), job.least());
        job.others().forEach(group -> check(all, group.settings(), group.nodes()));
        for (String after : job.after()) {
            String id = after.substring(after.indexOf(':') + 1);
            if (jobs(id).isEmpty()) {
                throw new UsageException("--after " + id + ": Slurm knows no such job; if it has ended, leave it out");
            }
        }
    }

    /**
     * What Slurm says of nodes that are alike, in a partition.
     *
     * @param limit how long a job may run there
     * @param nodes how many there are
     * @param cpus how many processors each has
     */
    private record Partition(String name, String limit, int nodes, int cpus) {

        static Optional<Partition> parse(String line) {
            String[] words = line.split("\\|", -1);
            return words.length == 4 && words[2].matches("\\d{1,9}") && words[3].matches("\\d{1,9}\\+?")
                    ? Optional.of(new Partition(
                            words[0],
                            words[1],
                            Integer.parseInt(words[2]),
                            Integer.parseInt(words[3].replace("+", ""))))
                    : Optional.empty();
        }
    }

    private List<Partition> partitions() {
        Programs.Output ran = programs.run("sinfo", List.of("-h", "-o", "%R|%l|%D|%c"));
        if (ran.code() != 0) {
            throw new UsageException("Slurm does not answer: " + ran.complaint("sinfo"));
        }
        return ran.out().lines().map(Partition::parse).flatMap(Optional::stream).toList();
    }

    private static void check(List<Partition> all, Map<Setting, String> settings, int nodes) {
        String wanted = settings.get(Setting.PARTITION);
        List<String> names =
                wanted == null ? all.stream().map(Partition::name).distinct().toList() : List.of(wanted.split(",", -1));
        int most = 0;
        for (String name : names) {
            List<Partition> parts =
                    all.stream().filter(p -> p.name().equals(name)).toList();
            if (parts.isEmpty()) {
                throw new UsageException("--partition " + name + ": this cluster has "
                        + all.stream().map(Partition::name).distinct().collect(Collectors.joining(", ")));
            }
            if (wanted != null) {
                checkTime(parts.getFirst(), settings.get(Setting.TIME));
            }
            int cpus = Integer.parseInt(settings.getOrDefault(Setting.CPUS_PER_NODE, "1"));
            most = Math.max(
                    most,
                    parts.stream()
                            .filter(p -> p.cpus() >= cpus)
                            .mapToInt(Partition::nodes)
                            .sum());
        }
        if (most < nodes && !names.isEmpty()) {
            String cpus = settings.get(Setting.CPUS_PER_NODE);
            throw new UsageException("--nodes " + nodes + ": "
                    + (wanted == null
                            ? "no partition of this cluster has more than "
                            : "partition " + wanted + " has no more than ")
                    + most
                    + (cpus == null ? "" : " with " + cpus + " processors, as --cpus-per-node says"));
        }
    }

    private static void checkTime(Partition partition, @Nullable String time) {
        Optional<Duration> limit = TimeLimit.parsed(partition.limit());
        if (time != null && limit.isPresent() && TimeLimit.parse(time).compareTo(limit.get()) > 0) {
            throw new UsageException("--time " + time + ": partition " + partition.name() + " lets a job run for "
                    + partition.limit() + " at most");
        }
    }

    /** What is known of a job and, of an array, of its tasks; empty once Slurm has forgotten it. */
    public List<JobInfo> jobs(String id) {
        Programs.Output ran = programs.run("scontrol", List.of("-o", "show", "job", id));
        if (ran.code() != 0) {
            if (ran.err().contains("Invalid job id")) {
                return List.of();
            }
            throw new UsageException("Slurm does not answer: " + ran.complaint("slurm_load_jobs"));
        }
        return ran.out()
                .lines()
                .filter(line -> line.startsWith("JobId="))
                .map(JobInfo::parse)
                .toList();
    }

    /** Ends a job. */
    public void cancel(String id) {
        Programs.Output ran = programs.run("scancel", List.of(id));
        if (ran.code() != 0) {
            throw new UsageException("Slurm does not cancel job " + id + ": " + ran.complaint("scancel"));
        }
    }
}
