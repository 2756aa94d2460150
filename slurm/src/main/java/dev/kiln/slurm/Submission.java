package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the folder of a run and hands its script to whoever runs it. Used by one thread.
 *
 * @param programs by which Slurm and others are reached
 * @param runs where the folder is noted
 * @param javaHome of a JDK, for its keytool
 */
public record Submission(Programs programs, Runs runs, Path javaHome) {

    /** Of the shell or its terminal, or not for a script to set. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "_",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "TERM",
            "DISPLAY",
            "SHELLOPTS",
            "BASHOPTS",
            "UID",
            "EUID",
            "PPID",
            "BASH_ENV",
            "ENV");

    /** Asks Slurm whether and when it would run the job; returns its answer. */
    public String test(JobRequest job) {
        var slurm = new Slurm(programs);
        slurm.check(job);
        try {
            Path script = Files.createTempFile("kiln-check", ".sh");
            try {
                Files.writeString(script, JobScript.of(job));
                return slurm.test(script);
            } finally {
                Files.delete(script);
            }
        } catch (IOException e) {
            throw new UsageException("the script cannot be written: " + e.getMessage());
        }
    }

    /** Submits it; nothing is left behind when it is refused. */
    public Run submit(JobRequest job, Instant now) {
        var slurm = new Slurm(programs);
        if (job.backend() == Backend.SLURM) {
            slurm.check(job);
        }
        Run run = runs.create(job.folder());
        boolean taken = false;
        try {
            for (String folder : new String[] {"logs", "events", "ended"}) {
                Files.createDirectory(run.folder().resolve(folder));
            }
            Secrets.make(run.folder(), javaHome, programs);
            Secrets.write(run.folder().resolve("environment"), environment());
            Files.writeString(run.script(), JobScript.of(job));
            String id = begin(job, run, slurm);
            taken = true;
            Files.writeString(
                    run.folder().resolve("submitted"),
                    "job=" + id + "\nbackend=" + job.backend() + "\nsubmitted=" + now.truncatedTo(ChronoUnit.MILLIS)
                            + "\nname=" + job.name() + "\nnodes=" + job.nodes() + "\ncommand="
                            + String.join(" ", job.words()).replace('\n', ' ')
                            + (job.array() == null ? "" : "\narray=" + job.array()) + "\n");
            return run;
        } catch (IOException e) {
            throw new UsageException("the run cannot be written to " + run.folder() + ": " + e.getMessage());
        } finally {
            if (!taken) {
                runs.remove(run);
            }
        }
    }

    /** Returns what the job is known by. */
    private String begin(JobRequest job, Run run, Slurm slurm) throws IOException {
        if (job.backend() == Backend.SLURM) {
            return slurm.submit(run.script());
        }
        boolean apart = job.backend() == Backend.LOCAL;
        Process process = LocalJobs.start(run, apart ? programs.outsideOfJobs() : programs.environment(), apart);
        Files.writeString(run.folder().resolve("pid"), process.pid() + "\n");
        return "local-" + process.pid();
    }

    private String environment() {
        var text = new StringBuilder();
        new TreeMap<>(programs.outsideOfJobs()).forEach((name, value) -> {
            if (name.matches("[A-Za-z_][A-Za-z0-9_]*")
                    && !NOT_PASSED_ON.contains(name)
                    && !name.matches("(SSH|XDG|DBUS|KILN_JOB|KILN_AOT).*")) {
                text.append(name).append('=').append(JobScript.quoted(value)).append('\n');
            }
        });
        return text.toString();
    }
}
