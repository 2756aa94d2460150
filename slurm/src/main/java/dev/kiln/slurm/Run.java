package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of one run of a job, with all that is known of it. Written by {@code kiln submit}, {@code kiln-job},
 * {@code kiln-rank} and node 0, each its own files.
 *
 * @param folder where it is
 */
public record Run(Path folder) {

    /** As the driver, or who noticed its end first, left it. */
    record Result(int exit, String cause) {}

    /** The name, which no other run has. */
    public String name() {
        return Objects.requireNonNull(folder.getFileName()).toString();
    }

    Path script() {
        return folder.resolve("job.sh");
    }

    /** What the submitting command noted: {@code backend}, {@code job}, {@code submitted}, {@code name}, {@code array}. */
    Map<String, String> notes() {
        return pairs("submitted");
    }

    Optional<Result> result() {
        Map<String, String> found = pairs("result");
        String exit = found.get("exit");
        if (exit == null) {
            return Optional.empty();
        }
        return Optional.of(new Result(Integer.parseInt(exit), found.getOrDefault("cause", "")));
    }

    /** What the job's script found out when it began, as variables for scripts: {@code KILN_JOB_NODES} and others. */
    Map<String, String> shape() {
        return text("shape").stream()
                .flatMap(String::lines)
                .map(line -> line.replaceFirst("^export ", "").split("=", 2))
                .filter(words -> words.length == 2)
                .collect(Collectors.toMap(words -> words[0], words -> words[1], (one, other) -> other));
    }

    /** How it is now, if it runs and its first node has said so. */
    public Optional<Live> live() {
        return text("status").flatMap(Live::parse);
    }

    /**
     * Whether nodes can join it.
     *
     * @throws UsageException when not, with the reason
     */
    public void checkScalable() {
        if (notes().containsKey("array")) {
            throw new UsageException("job " + job() + " is an array: no nodes can join its tasks");
        }
        if (backend() == Backend.ALLOCATION) {
            throw new UsageException("job " + job() + " has the nodes of its allocation, and no others");
        }
    }

    /** Seconds from its submission to its first task, once it has ended; empty when it had none. */
    public Optional<String> secondsToFirstTask() {
        return Optional.ofNullable(pairs("result").get("secondsToFirstTask"));
    }

    /** Why Slurm sent a signal to the job, in Slurm's word; empty when it did not. */
    Optional<String> stopped() {
        return text("stopped");
    }

    Optional<Long> pid() {
        return text("pid").map(Long::valueOf);
    }

    /** The number that Slurm gave the job, or what stands for it on this machine. */
    public String job() {
        return notes().getOrDefault("job", "-");
    }

    Backend backend() {
        return Backend.valueOf(notes().getOrDefault("backend", "slurm").toUpperCase(java.util.Locale.ROOT));
    }

    /** The runs of an array's tasks; of a job that is none, itself. */
    public List<Run> tasks() {
        if (!notes().containsKey("array")) {
            return List.of(this);
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(p -> p.getFileName().toString().startsWith("task-"))
                    .sorted(java.util.Comparator.comparingInt(
                            p -> Integer.parseInt(p.getFileName().toString().substring("task-".length()))))
                    .map(Run::new)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    Path out(int rank) {
        return folder.resolve("logs").resolve("rank-" + rank + ".out");
    }

    Path err(int rank) {
        return folder.resolve("logs").resolve("rank-" + rank + ".err");
    }

    /** Everything that was noted while the job ran, in the order of time. */
    public List<String> events() {
        var all = new ArrayList<String>();
        try (Stream<Path> files = Files.list(folder.resolve("events"))) {
            for (Path file : files.toList()) {
                String who = file.getFileName().toString();
                for (String line : Files.readAllLines(file)) {
                    int space = line.indexOf(' ');
                    all.add(space < 0 ? line : line.substring(0, space) + " " + who + ": " + line.substring(space + 1));
                }
            }
        } catch (IOException notBegun) {
            return List.of();
        }
        return all.stream().sorted().toList();
    }

    private Optional<String> text(String file) {
        try {
            return Optional.of(Files.readString(folder.resolve(file)).strip()).filter(t -> !t.isEmpty());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private Map<String, String> pairs(String file) {
        return text(file)
                .map(text -> text.lines()
                        .filter(line -> line.indexOf('=') > 0)
                        .collect(Collectors.toMap(
                                line -> line.substring(0, line.indexOf('=')),
                                line -> line.substring(line.indexOf('=') + 1),
                                (first, second) -> second,
                                LinkedHashMap<String, String>::new)))
                .orElseGet(LinkedHashMap::new);
    }
}
