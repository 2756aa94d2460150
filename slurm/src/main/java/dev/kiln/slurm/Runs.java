package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All runs of a user: folders in one folder, and an index of those that were put elsewhere. Slurm uses the numbers of jobs
 * again, so a run has a name of its own.
 *
 * @param root where runs are, unless they were put elsewhere
 */
public record Runs(Path root) {

    private static final Pattern TASK = Pattern.compile("(.+)_(\\d{1,9})");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Those of the user: in the folder that KILN_RUNS names, or in {@code kiln-runs} at home. */
    public static Runs of(Map<String, String> environment, String userHome) {
        String chosen = environment.get("KILN_RUNS");
        return new Runs(chosen == null || chosen.isEmpty() ? Path.of(userHome, "kiln-runs") : Path.of(chosen));
    }

    /** Where a new run would be. */
    public Path next(@Nullable Path elsewhere, String name, Instant now, String salt) {
        Path parent = elsewhere == null ? root : elsewhere;
        return parent.toAbsolutePath().normalize().resolve(name + "-" + STAMP.format(now) + "-" + salt);
    }

    /** Makes the folder of a run, which its owner alone may enter, and notes where it is. */
    Run create(Path folder) {
        try {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.createDirectories(index());
            Files.writeString(index().resolve(folder.getFileName().toString()), folder + "\n");
            return new Run(folder);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("no folder for the run can be made in " + folder.getParent() + ": " + e.getFile()
                    + " is a file; name another folder with --logs");
        } catch (IOException e) {
            throw new UsageException("no folder for the run can be made in " + folder.getParent() + " ("
                    + e.getMessage() + "): make room there, or name another with --logs");
        }
    }

    /** Forgets a run that never was. */
    void remove(Run run) {
        Folders.delete(run.folder());
        try {
            Files.deleteIfExists(index().resolve(run.name()));
        } catch (IOException e) {
            // It is found not to be there when somebody looks.
        }
    }

    private Path index() {
        return root.resolve(".index");
    }

    /** All that are still there, the newest last. */
    public List<Run> all() {
        try (Stream<Path> notes = Files.list(index())) {
            return notes.map(Runs::folder)
                    .flatMap(Optional::stream)
                    .map(Run::new)
                    .filter(run -> Files.isDirectory(run.folder()))
                    .sorted(Comparator.comparing((Run run) -> run.notes().getOrDefault("submitted", ""))
                            .thenComparing(Run::name))
                    .toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    private static Optional<Path> folder(Path note) {
        try {
            return Optional.of(Path.of(Files.readString(note).strip()));
        } catch (IOException removed) {
            return Optional.empty();
        }
    }

    /**
     * The newest run of a name, of a job's number, or in a folder; behind {@code _} the number of a task, of an array.
     *
     * @throws UsageException when there is none
     */
    public Run find(String wanted) {
        List<Run> all = all().reversed();
        return all.stream()
                .filter(run -> run.job().equals(wanted) || run.name().equals(wanted))
                .findFirst()
                .or(() -> task(all, wanted))
                .or(() -> Optional.of(new Run(Path.of(wanted).toAbsolutePath().normalize()))
                        .filter(run -> Files.exists(run.script())))
                .orElseThrow(() -> new UsageException("no job " + wanted
                        + ": expected the folder of a run, or the number or the name of one that kiln jobs lists"
                        + (all.isEmpty() ? "; it lists none" : "")));
    }

    private static Optional<Run> task(List<Run> all, String wanted) {
        Matcher m = TASK.matcher(wanted);
        return m.matches()
                ? all.stream()
                        .filter(run -> run.isArray()
                                && (run.job().equals(m.group(1)) || run.name().equals(m.group(1))))
                        .findFirst()
                        .flatMap(run -> run.task(Integer.parseInt(m.group(2))))
                : Optional.empty();
    }
}
