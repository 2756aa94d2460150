package dev.kiln.cli;

import dev.kiln.command.UsageException;
import dev.kiln.runtime.checkpoint.CheckpointFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds what an earlier run has kept. */
final class EarlierRun {

    /** Where {@code kiln submit} has a job keep it, in the folder of the run. */
    private static final String OF_A_JOB = "checkpoint";

    private EarlierRun() {}

    /** The checkpoint folder that a user names: that itself, the folder of a run of {@code kiln submit}, or its name. */
    static Path of(String name) {
        return of(name, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static Path of(String name, Map<String, String> environment, Path home) {
        String runs = environment.getOrDefault("KILN_RUNS", "");
        Path all = runs.isEmpty() ? home.resolve("kiln-runs") : Path.of(runs);
        for (Path place : List.of(Path.of(name), all.resolve(name))) {
            for (Path folder : List.of(place, place.resolve(OF_A_JOB))) {
                if (CheckpointFolder.isOne(folder)) {
                    return folder;
                }
            }
        }
        throw new UsageException(
                "--resume " + name + ": there is no checkpoint in that folder, and no run of this name in " + all
                        + "; begin one with --checkpoint DIR");
    }
}
