package dev.kiln.ignite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one cluster's run, which only its owner may enter. It goes when the cluster closes; one whose JVM was
 * killed is removed by its nodes, or by the next cluster, which can tell since the lock in it is free. A folder gets its
 * name only once its lock is held, so that no younger cluster takes it for abandoned. Its name holds its process: opening
 * and closing the lock of one's own process would free it.
 */
public final class RunFolder implements AutoCloseable {

    private static final String PREFIX = "kiln-run-";
    private static final String UNNAMED = "kiln-new-";
    private static final String LOCK = "lock";

    /** How old a folder without its name must be for its maker to have died. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel lock;

    private RunFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes one, and removes those that were left over.
     *
     * @throws ClusterStartException when none can be made there
     */
    public static RunFolder create(Path parent, Instant now) {
        sweep(parent, now);
        try {
            Path unnamed = Files.createTempDirectory(
                    parent,
                    UNNAMED,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            FileChannel lock =
                    FileChannel.open(unnamed.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.lock();
            String run = unnamed.getFileName().toString().substring(UNNAMED.length());
            return new RunFolder(Files.move(unnamed, parent.resolve(ours() + run)), lock);
        } catch (IOException e) {
            throw new ClusterStartException(
                    "no folder for the cluster's files can be made in " + parent + " (" + e.getMessage()
                            + "): make room there, or name another with -Djava.io.tmpdir",
                    e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    private static void sweep(Path parent, Instant now) {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(parent, PREFIX + "*");
                DirectoryStream<Path> begun = Files.newDirectoryStream(parent, UNNAMED + "*")) {
            for (Path run : runs) {
                if (!run.getFileName().toString().startsWith(ours()) && abandoned(run)) {
                    delete(run);
                }
            }
            for (Path one : begun) {
                if (Files.getLastModifiedTime(one).toInstant().isBefore(now.minus(SETTLED))) {
                    delete(one);
                }
            }
        } catch (IOException e) {
            // What cannot be listed is somebody else's.
        }
    }

    private static boolean abandoned(Path run) {
        try (var channel = FileChannel.open(run.resolve(LOCK), StandardOpenOption.WRITE);
                var free = channel.tryLock()) {
            return free != null;
        } catch (NoSuchFileException halfDeleted) {
            return true;
        } catch (IOException notOurs) {
            return false;
        }
    }

    /** How the folders of this process begin. */
    private static String ours() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(path);
        }
    }

    /** Removes what can be removed; several nodes may do so at once. */
    static void delete(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException ignored)
                        throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // Somebody still writes there, or removes it too; the next cluster tries again.
        }
    }
}
