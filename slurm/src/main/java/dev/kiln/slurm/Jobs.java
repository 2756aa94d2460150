package dev.kiln.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known of jobs, from their folders and from Slurm. Thread-safe. */
public final class Jobs {

    private static final int BROKEN = 3;

    private final Programs programs;
    private final Slurm slurm;

    /** By what Slurm's programs tell. */
    public Jobs(Programs programs) {
        this.programs = programs;
        this.slurm = new Slurm(programs);
    }

    /** How a job is: of an array, all of its tasks taken together. */
    public Status status(Run run) {
        if (run.backend() != Backend.SLURM) {
            // In this order: its script ends after the result is there.
            boolean alive = LocalJobs.alive(run);
            return Status.of(run.result(), run.stopped(), Optional.empty(), alive);
        }
        List<JobInfo> infos = slurm.jobs(run.job());
        if (!run.isArray()) {
            return Status.of(run.result(), run.stopped(), infos.stream().findFirst(), false);
        }
        return together(tasks(run, infos));
    }

    private static List<Status> tasks(Run run, List<JobInfo> infos) {
        var statuses = new ArrayList<Status>();
        var seen = new ArrayList<String>();
        for (JobInfo info : infos) {
            Run task = new Run(run.folder().resolve("task-" + info.task()));
            seen.add(task.name());
            statuses.add(Status.of(task.result(), task.stopped(), Optional.of(info), false));
        }
        for (Run task : run.tasks()) {
            if (!seen.contains(task.name())) {
                statuses.add(Status.of(task.result(), task.stopped(), Optional.empty(), false));
            }
        }
        return statuses;
    }

    static Status together(List<Status> tasks) {
        if (tasks.isEmpty()) {
            return new Status(Status.State.FAILED, BROKEN, "no task of it has left a trace");
        }
        if (tasks.stream().anyMatch(task -> task.state() == Status.State.RUNNING)) {
            return new Status(Status.State.RUNNING, 0, "");
        }
        Optional<Status> waits = tasks.stream().filter(task -> !task.ended()).findFirst();
        return waits.or(() -> tasks.stream().filter(task -> task.exit() != 0).findFirst())
                .orElse(tasks.getFirst());
    }

    /** Ends a job, and the jobs of the nodes that were added to it. */
    public void cancel(Run run) {
        switch (run.backend()) {
            case SLURM -> {
                slurm.cancel(run.job());
                run.tasks().forEach(task -> new Workers(task, programs).cancel());
            }
            case LOCAL, ALLOCATION -> LocalJobs.cancel(run);
        }
    }
}
