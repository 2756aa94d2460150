package dev.kiln.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The script of a job: what it asks of Slurm, and then the one command that runs it all. */
public final class JobScript {

    private static final int JOIN_SECONDS = 120;
    /** A job that keeps what it has done does so not only at the end, which may come by a loss. */
    private static final int EVERY_SECONDS = 120;

    private JobScript() {}

    /** The whole script; the same request makes the same script. */
    public static String of(JobRequest job) {
        var lines = new ArrayList<String>();
        lines.add("#!/bin/bash");
        if (job.backend() == Backend.SLURM) {
            directives(job).forEach(d -> lines.add("#SBATCH " + d));
        }
        lines.add("");
        lines.add("# The variables of the shell that submitted this job, but for Slurm's own.");
        lines.add("set -a");
        lines.add(". " + quoted(job.folder().resolve("environment").toString()));
        job.variables().forEach((name, value) -> lines.add(name + "=" + quoted(value)));
        lines.add("set +a");
        for (String module : job.modules()) {
            String load = "module load " + quoted(module);
            lines.add(load + " || export KILN_JOB_WRONG=" + quoted(load));
        }
        lines.addAll(job.prologue());
        lines.add("");
        lines.add("export KILN_JOB=" + quoted(job.folder().toString()));
        lines.add("export KILN_JOB_DIRECTORY=" + quoted(job.directory().toString()));
        lines.add("export KILN_JOB_NODES=" + job.allNodes());
        lines.add("export KILN_JOB_LEAST=" + (job.allNodes() - job.nodes() + job.least()));
        lines.add("export KILN_JOB_JOIN=" + JOIN_SECONDS);
        lines.add("export KILN_JOB_LOSS=" + job.loss());
        if (job.saving() != null) {
            lines.add("export KILN_JOB_BEFORE=" + job.saving().before().toSeconds());
            lines.add("export KILN_JOB_RESUMES=" + job.saving().resumes());
            lines.add("export KILN_JOB_EVERY=" + EVERY_SECONDS);
        }
        if (job.network() != null) {
            lines.add("export KILN_JOB_INTERFACE=" + quoted(job.network()));
        }
        if (job.backend() == Backend.ALLOCATION) {
            lines.add("export KILN_JOB_OVERLAP=yes");
        }
        if (job.backend() == Backend.LOCAL) {
            Optional.ofNullable(job.settings().get(Setting.CPUS_PER_NODE))
                    .ifPresent(cpus -> lines.add("export KILN_JOB_SLOTS=" + cpus));
            Optional.ofNullable(job.settings().get(Setting.MEM_PER_NODE))
                    .ifPresent(mem -> lines.add("export KILN_JOB_MEMORY=" + mem.replace("M", "")));
            Optional.ofNullable(job.settings().get(Setting.TIME))
                    .flatMap(TimeLimit::parsed)
                    .ifPresent(time -> lines.add("export KILN_JOB_SECONDS=" + time.toSeconds()));
            lines.add("unset \"${!SLURM_@}\"");
        }
        lines.add("");
        lines.add("exec " + quoted(job.home().resolve("bin/kiln-job").toString()) + " "
                + job.words().stream().map(JobScript::quoted).collect(Collectors.joining(" ")));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> directives(JobRequest job) {
        var all = new ArrayList<String>();
        all.add("--job-name=" + job.name());
        all.add("--nodes=" + (job.least() < job.nodes() ? job.least() + "-" + job.nodes() : job.nodes()));
        if (job.least() == job.nodes()) {
            all.add("--ntasks-per-node=1"); // with a range of nodes it would make Slurm give the fewest
        }
        job.settings().forEach((setting, value) -> setting.directive(value).ifPresent(all::add));
        if (job.array() != null) {
            all.add("--array=" + job.array());
        }
        if (!job.after().isEmpty()) {
            all.add("--dependency=" + String.join(",", job.after()));
            all.add("--kill-on-invalid-dep=yes");
        }
        // A lost node ends a job unless it says otherwise; what it means is up to the driver.
        all.add("--no-kill");
        all.add(job.loss() == LossPolicy.REQUEUE || job.saving() != null ? "--requeue" : "--no-requeue");
        if (job.saving() != null) {
            all.add("--signal=B:USR1@" + job.saving().before().toSeconds());
        }
        String log = job.folder()
                .resolve(job.array() == null ? "job.log" : "job-%a.log")
                .toString();
        all.add("--output=" + directiveValue(log));
        all.add("--open-mode=append");
        all.addAll(job.sbatchArguments());
        for (JobRequest.Group group : job.others()) {
            all.add("hetjob");
            all.add("--nodes=" + group.nodes());
            all.add("--ntasks-per-node=1");
            group.settings()
                    .forEach((setting, value) -> setting.directive(value).ifPresent(all::add));
        }
        return all;
    }

    /** As one word of a line for sbatch. */
    static String directiveValue(String text) {
        return text.indexOf(' ') < 0 ? text : '"' + text + '"';
    }

    /** As one word of a shell. */
    static String quoted(String text) {
        if (!text.isEmpty() && text.matches("[A-Za-z0-9_./:=,+@%-]+")) {
            return text;
        }
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
