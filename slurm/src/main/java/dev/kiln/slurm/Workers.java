package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The nodes that were added to a running job: each is a script of its own, which Slurm runs as a job of one node, or this
 * machine. The folder {@code extra/RANK} in that of the run holds all that is known of one. Used by one thread; several
 * processes may add nodes at once, since a folder is made once.
 */
public final class Workers {

    private final Run run;
    private final Programs programs;
    private final Slurm slurm;

    /** Of a run. */
    public Workers(Run run, Programs programs) {
        this.run = run;
        this.programs = programs;
        this.slurm = new Slurm(programs);
    }

    /**
     * Has nodes started that join the run.
     *
     * @return a line for each, for people
     */
    public List<String> add(int count) {
        int founders = founders();
        var said = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            Path folder = next(founders);
            int rank = rank(folder);
            try {
                Path script = folder.resolve("job.sh");
                Files.writeString(script, WorkerScript.of(Files.readString(run.script()), run, rank));
                if (run.backend() == Backend.SLURM) {
                    String id = slurm.submit(script);
                    Files.writeString(folder.resolve("job"), id + "\n");
                    said.add("node-" + rank + " joins when Slurm has a node for it, as job " + id);
                } else {
                    Process process =
                            LocalJobs.start(script, folder.resolve("job.log").toFile(), programs.outsideOfJobs(), true);
                    Files.writeString(folder.resolve("pid"), process.pid() + "\n");
                    said.add("node-" + rank + " joins");
                }
            } catch (IOException e) {
                throw new UsageException("the folder of the run cannot be written: " + e.getMessage());
            } catch (UsageException e) {
                Folders.delete(folder);
                throw e;
            }
        }
        return said;
    }

    /**
     * Has the nodes leave that were added last.
     *
     * @return a line for each, for people
     */
    public List<String> remove(int count) {
        List<Path> present = all().stream().filter(this::present).toList();
        if (count > present.size()) {
            throw new UsageException("-" + count + ": of the nodes that were added to this job "
                    + (present.isEmpty() ? "none is" : present.size() + (present.size() == 1 ? " is" : " are"))
                    + " there; those it began with stay");
        }
        var said = new ArrayList<String>();
        for (Path folder : present.reversed().subList(0, count)) {
            said.add(remove(folder));
        }
        return said;
    }

    private String remove(Path folder) {
        try {
            Files.writeString(folder.resolve("leave"), "");
        } catch (IOException e) {
            throw new UsageException("the folder of the run cannot be written: " + e.getMessage());
        }
        String name = "node-" + rank(folder);
        boolean waits = run.backend() == Backend.SLURM
                && slurm.jobs(job(folder)).stream().anyMatch(JobInfo::waits);
        if (waits) {
            slurm.cancel(job(folder));
            return name + " was waiting for a node, and does so no more";
        }
        return name + " leaves when it has finished what it runs";
    }

    /** Ends the jobs that Slurm runs, or would run, for the nodes that were added. */
    void cancel() {
        all().stream().filter(this::present).map(Workers::job).forEach(slurm::cancel);
    }

    private boolean present(Path folder) {
        if (Files.exists(folder.resolve("leave")) || Files.exists(folder.resolve("ended"))) {
            return false;
        }
        if (run.backend() != Backend.SLURM) {
            return true;
        }
        String job = job(folder);
        return !job.isEmpty() && slurm.jobs(job).stream().anyMatch(JobInfo::active);
    }

    private static String job(Path folder) {
        try {
            return Files.readString(folder.resolve("job")).strip();
        } catch (IOException notYet) {
            return "";
        }
    }

    private int founders() {
        Map<String, String> shape = run.shape();
        String nodes = shape.get("KILN_JOB_NODES");
        if (nodes == null) {
            throw new UsageException("job " + run.job() + " has not begun yet");
        }
        return Integer.parseInt(nodes);
    }

    private Path next(int founders) {
        int rank = founders;
        for (Path taken : all()) {
            rank = Math.max(rank, rank(taken) + 1);
        }
        try {
            Files.createDirectories(run.folder().resolve("extra"));
            while (true) {
                Path folder = run.folder().resolve("extra").resolve(Integer.toString(rank));
                try {
                    return Files.createDirectory(folder);
                } catch (FileAlreadyExistsException taken) {
                    rank++;
                }
            }
        } catch (IOException e) {
            throw new UsageException("the folder of the run cannot be written: " + e.getMessage());
        }
    }

    private static int rank(Path folder) {
        return Integer.parseInt(folder.getFileName().toString());
    }

    /** By number. */
    private List<Path> all() {
        try (Stream<Path> found = Files.list(run.folder().resolve("extra"))) {
            return found.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .sorted(Comparator.comparingInt(Workers::rank))
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
