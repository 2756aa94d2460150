package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Refuses what Slurm takes and then never starts: a partition that is not there, a time that is over its limit. */
    void check(Map<Setting, String> settings) {
        Programs.Output ran = programs.run("sinfo", List.of("-h", "-o", "%R|%l|%D"));
        if (ran.code() != 0) {
            throw new UsageException("Slurm does not answer: " + ran.complaint("sinfo"));
        }
        String wanted = settings.get(Setting.PARTITION);
        if (wanted == null) {
            return;
        }
        List<String[]> partitions =
                ran.out().lines().map(line -> line.split("\\|", -1)).toList();
        for (String name : wanted.split(",", -1)) {
            String[] found = partitions.stream()
                    .filter(p -> p[0].equals(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("--partition " + name + ": this cluster has "
                            + String.join(
                                    ", ",
                                    partitions.stream()
                                            .map(p -> p[0])
                                            .distinct()
                                            .toList())));
            String time = settings.get(Setting.TIME);
            Optional<Duration> limit = TimeLimit.parsed(found[1]);
            if (time != null && limit.isPresent() && TimeLimit.parse(time).compareTo(limit.get()) > 0) {
                throw new UsageException(
                        "--time " + time + ": partition " + name + " lets a job run for " + found[1] + " at most");
            }
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
