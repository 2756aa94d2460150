package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which paths the nodes of a cluster see. A profile may say; else those are taken for a host's own that are so everywhere.
 *
 * @param shared the folders that a profile names; empty for none
 */
record SharedPaths(List<Path> shared) {

    private static final List<Path> OWN =
            List.of(Path.of("/tmp"), Path.of("/var/tmp"), Path.of("/dev/shm"), Path.of("/run"));

    /**
     * Refuses a path that other nodes do not see.
     *
     * @param what it is, for the user
     * @param cure what to do
     */
    void check(String what, Path path, String cure) {
        Path real = real(path);
        if (shared.isEmpty()
                ? OWN.stream().anyMatch(real::startsWith)
                : shared.stream().noneMatch(real::startsWith)) {
            String expected = shared.isEmpty()
                    ? "other nodes do not see it"
                    : "expected it in " + shared.stream().map(Path::toString).collect(Collectors.joining(" or "));
            throw new UsageException(what + " " + path + " is not on a shared path: " + expected + "; " + cure
                    + ", or name the folders that all nodes see under shared: in a --profile");
        }
    }

    /** Without symbolic links, as far as the path exists. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path at = absolute; at != null; at = at.getParent()) {
            try {
                return at.toRealPath().resolve(at.relativize(absolute)).normalize();
            } catch (IOException notThere) {
                // Perhaps its parent is.
            }
        }
        return absolute;
    }
}
