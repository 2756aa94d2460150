package dev.kiln.runtime.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a workflow's checkpoints: {@code index} tells what the last complete one holds, {@code done-N} which tasks
 * are done, {@code values/} has a file for each value that is not small. One workflow at a time uses it, which holds the
 * lock of {@code lock}; the system frees that when a process ends, however it does.
 *
 * <p>A checkpoint is complete or not at all: {@code index} is replaced last, and only then files go that it does not
 * need. What is found damaged is told and treated as if it were not there.
 *
 * <p>Opened and closed by one thread, and {@link #commit} is called by one at a time; {@link #file} by any.
 */
public final class CheckpointFolder implements AutoCloseable {

    private static final String INDEX = "index";
    private static final String LOG = "done-";
    private static final String VALUES = "values";
    private static final String LOCK = "lock";

    /** The files that this class makes, whole or half written, but for the lock. No other is ever deleted. */
    private static final Pattern OWN = Pattern.compile(
            "(" + INDEX + "|" + LOG + "\\d{1,9}|" + VALUES + "/[0-9a-f]{2}/[0-9a-f]{32}(-\\d{1,9})?)(\\.\\d+\\.new)?");

    /** What else may stand beside them: see {@code kiln run}, whose further workflows have folders in that of the first. */
    private static final Pattern EXPECTED = Pattern.compile(LOCK + "|" + VALUES + "|workflow-\\d+|\\..*");

    private final Path folder;
    private final FileChannel lock;
    private final CodeVersion code;
    private final Found found;
    private long number;
    private long log;
    private long logged;
    /** Files of earlier runs, to be deleted after the next checkpoint. */
    private List<Path> leftovers = List.of();

    /**
     * What an earlier run left.
     *
     * @param done the tasks that are done; not to be changed
     * @param values the values that are kept
     */
    public record Found(Set<Identity> done, Map<Key, Kept> values) {
        static final Found NOTHING = new Found(Set.of(), Map.of());
    }

    private CheckpointFolder(Path folder, FileChannel lock, CodeVersion code, Consumer<String> notes) {
        this.folder = folder;
        this.lock = lock;
        this.code = code;
        this.found = find(notes);
    }

    /**
     * Opens a folder, and makes it where it is not there.
     *
     * @param code what the workflow runs: what other code did is of no use to it
     * @param notes is told, in one line each, what users should know of what was found
     * @throws FolderInUseException when it cannot be used, or another workflow uses it
     */
    public static CheckpointFolder open(Path path, CodeVersion code, Consumer<String> notes) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder);
            refuseForeign(folder);
            return new CheckpointFolder(folder, lock(folder, notes), code, notes);
        } catch (IOException e) {
            throw new FolderInUseException("the checkpoint folder " + folder + " cannot be used: " + reason(e), e);
        }
    }

    /** Exceptions of the file system tell what happened by their class, and have a path for a message. */
    private static String reason(IOException e) {
        return switch (e) {
            case FileAlreadyExistsException file -> file.getFile() + " is a file";
            case AccessDeniedException denied -> denied.getFile() + " may not be written";
            case NoSuchFileException none -> none.getFile() + " cannot be made there";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Where others keep files, and no checkpoint was ever made, somebody has mistyped. */
    private static void refuseForeign(Path folder) throws IOException {
        if (ValueFile.isOne(folder.resolve(INDEX))) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            Optional<String> other = all.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !OWN.matcher(name).matches()
                            && !EXPECTED.matcher(name).matches())
                    .sorted()
                    .findFirst();
            if (other.isPresent()) {
                throw new FolderInUseException(
                        "the checkpoint folder " + folder + " has no checkpoint and other files, such as " + other.get()
                                + ": give an empty or a new one",
                        null);
            }
        }
    }

    /** Whether there is a checkpoint in a folder. */
    public static boolean isOne(Path folder) {
        return Files.isRegularFile(folder.resolve(INDEX));
    }

    private static FileChannel lock(Path folder, Consumer<String> notes) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        @Nullable FileLock own;
        try {
            own = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            own = null;
        } catch (IOException e) {
            // Some file systems of clusters have no locks: then it is up to the user to run a program once.
            notes.accept(folder + " is on a file system without locks (" + e.getMessage()
                    + "): see to it that no other run uses it");
            return channel;
        }
        if (own == null) {
            String holder = holder(channel);
            channel.close();
            throw new FolderInUseException(
                    "the checkpoint folder " + folder + " is in use" + holder
                            + ": wait until that has ended, or give another folder",
                    null);
        }
        ByteBuffer who = StandardCharsets.UTF_8.encode(
                "process " + ProcessHandle.current().pid() + " on " + host() + "\n");
        channel.truncate(0);
        ValueFile.writeAll(channel, who);
        return channel;
    }

    private static String holder(FileChannel channel) {
        try {
            ByteBuffer text = ByteBuffer.allocate(200);
            channel.read(text, 0);
            String who = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
            return who.isEmpty() ? "" : " by " + who;
        } catch (IOException unknown) {
            return "";
        }
    }

    private static String host() {
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException unknown) {
            return "this host";
        }
    }

    private Found find(Consumer<String> notes) {
        Index index;
        try {
            index = Index.read(folder.resolve(INDEX));
        } catch (NoSuchFileException first) {
            beginAnew();
            return Found.NOTHING;
        } catch (IOException e) {
            notes.accept("the checkpoint cannot be used, so all tasks run again: " + e.getMessage());
            beginAnew();
            return Found.NOTHING;
        }
        number = index.number();
        if (!index.code().equals(code)) {
            boolean program = !index.code().program().equals(code.program());
            notes.accept((program ? "the program has changed" : "Kiln, or what else is on the class path, has changed")
                    + " since the checkpoint in " + folder + ": its tasks run again");
            beginAnew();
            return Found.NOTHING;
        }
        log = index.log();
        logged = index.logged();
        DoneLog.Found done = DoneLog.read(folder.resolve(LOG + log), logged);
        if (!done.whole()) {
            notes.accept(folder.resolve(LOG + log) + " is damaged: tasks of which it told run again");
            logged = done.counts();
        }
        Set<Path> known = new HashSet<>();
        index.values().keySet().forEach(key -> known.add(file(key)));
        // What a killed run was about to write.
        delete(files().filter(file -> !known.contains(file) && !isIndexOrLog(file)));
        return new Found(done.done(), index.values());
    }

    /** What is there is of no use; it goes when there is something in its place. */
    private void beginAnew() {
        leftovers = files().filter(file -> !file.equals(folder.resolve(INDEX))).toList();
        log = leftovers.stream()
                        .map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.matches(LOG + "\\d{1,9}"))
                        .mapToLong(name -> Long.parseLong(name.substring(LOG.length())))
                        .max()
                        .orElse(0)
                + 1;
        logged = 0;
    }

    private boolean isIndexOrLog(Path file) {
        return file.equals(folder.resolve(INDEX)) || file.equals(folder.resolve(LOG + log));
    }

    /** All files of its own but the lock. */
    private Stream<Path> files() {
        Path values = folder.resolve(VALUES);
        try (Stream<Path> top = Files.list(folder);
                Stream<Path> deep = Files.isDirectory(values) ? Files.walk(values, 2) : Stream.of()) {
            return Stream.concat(top, deep)
                    .filter(file ->
                            OWN.matcher(folder.relativize(file).toString()).matches() && Files.isRegularFile(file))
                    .toList()
                    .stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.of();
        }
    }

    private static void delete(Stream<Path> files) {
        files.forEach(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // Room that is lost, and nothing more.
            }
        });
    }

    /** What an earlier run of the same code left. */
    public Found found() {
        return found;
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** The file of a value. */
    public Path file(Key key) {
        String name = key.identity().hex();
        return folder.resolve(VALUES)
                .resolve(name.substring(0, 2))
                .resolve(key.part() == Key.WHOLE ? name : name + "-" + key.part());
    }

    /**
     * Completes a checkpoint.
     *
     * @param done tasks that are done and were not told of in an earlier one
     * @param values all values that it has; those that are not small have their files
     * @throws IOException when it cannot; the one before it stands then
     */
    public void commit(Collection<Identity> done, Map<Key, Kept> values) throws IOException {
        long counts = DoneLog.append(folder.resolve(LOG + log), logged, done);
        new Index(number + 1, code, log, counts, values).write(folder.resolve(INDEX));
        ValueFile.force(folder);
        number++;
        logged = counts;
        Set<Path> needed = new HashSet<>();
        if (!leftovers.isEmpty()) {
            values.keySet().forEach(key -> needed.add(file(key)));
            delete(leftovers.stream().filter(file -> !needed.contains(file)));
            leftovers = List.of();
        }
    }

    /** Deletes the file of a value that no checkpoint needs. */
    public void delete(Key key) {
        delete(Stream.of(file(key)));
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
