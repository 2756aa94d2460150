package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
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

    private static final Pattern TASK = Pattern.compile("task-\\d{1,9}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** The name, which no other run has. */
    public String name() {
        return Objects.toString(folder.getFileName(), "");
    }

    Path script() {
        return array().orElse(this).folder().resolve("job.sh");
    }

    /** What the submitting command noted: {@code backend}, {@code job}, {@code submitted}, {@code name}, {@code array}. */
    Map<String, String> notes() {
        return array().map(whole -> whole.notesOfTask(number(name()))).orElseGet(() -> pairs("submitted"));
    }

    private Map<String, String> notesOfTask(int task) {
        Map<String, String> notes = pairs("submitted");
        notes.remove("array");
        notes.computeIfPresent("job", (key, job) -> job + "_" + task);
        return notes;
    }

    /** Of one task of an array, the run of all of them. */
    private Optional<Run> array() {
        Path parent = folder.getParent();
        return TASK.matcher(name()).matches() && parent != null
                ? Optional.of(new Run(parent)).filter(Run::isArray)
                : Optional.empty();
    }

    /** Whether it is an array, whose tasks have runs of their own. */
    boolean isArray() {
        return pairs("submitted").containsKey("array");
    }

    /** The run of one task of an array, which need not have begun; empty when it has none of that number. */
    Optional<Run> task(int number) {
        return Optional.ofNullable(pairs("submitted").get("array"))
                .filter(numbers -> Requests.arrayHas(numbers, number))
                .map(numbers -> new Run(folder.resolve("task-" + number)));
    }

    private static int number(String task) {
        return Integer.parseInt(task.substring("task-".length()));
    }

    Optional<Result> result() {
        Map<String, String> found = pairs("result");
        return Optional.ofNullable(found.get("exit"))
                .filter(exit -> NUMBER.matcher(exit).matches())
                .map(exit -> new Result(Integer.parseInt(exit), found.getOrDefault("cause", "")));
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
        if (isArray()) {
            throw new UsageException("job " + job() + " is an array: name one of its tasks, such as "
                    + tasks().stream().findFirst().map(Run::job).orElse(job() + "_1"));
        }
        if (backend() == Backend.ALLOCATION) {
            throw new UsageException("job " + job() + " has the nodes of its allocation, and no others can join it");
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
        return text("pid").filter(pid -> NUMBER.matcher(pid).matches()).map(Long::valueOf);
    }

    /** The number that Slurm gave the job, or what stands for it on this machine. */
    public String job() {
        return notes().getOrDefault("job", "-");
    }

    Backend backend() {
        String noted = notes().getOrDefault("backend", "");
        return Arrays.stream(Backend.values())
                .filter(backend -> backend.toString().equals(noted))
                .findFirst()
                .orElse(Backend.SLURM);
    }

    /** The runs of an array's tasks; of a job that is none, itself. */
    public List<Run> tasks() {
        if (!isArray()) {
            return List.of(this);
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(Run::new)
                    .filter(run -> TASK.matcher(run.name()).matches())
                    .sorted(Comparator.comparingInt(run -> number(run.name())))
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
