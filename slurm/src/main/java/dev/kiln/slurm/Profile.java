package dev.kiln.slurm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all jobs of a site: a file in YAML, whose keys are those of {@link Setting} and those below. What is given
 * on the command line goes before it.
 *
 * @param settings what is asked of Slurm unless the command line says otherwise
 * @param modules environment modules to load
 * @param prologue commands to run before, in the job's shell
 * @param environment variables to set
 * @param sbatchArguments further arguments of sbatch
 * @param shared folders that all nodes see; empty when the site does not say
 * @param network interface or range of addresses to use, or null
 */
public record Profile(
        Map<Setting, String> settings,
        List<String> modules,
        List<String> prologue,
        Map<String, String> environment,
        List<String> sbatchArguments,
        List<Path> shared,
        @Nullable String network) {

    /** That of a site of which nothing is known. */
    public static final Profile NONE =
            new Profile(Map.of(), List.of(), List.of(), Map.of(), List.of(), List.of(), null);

    /**
     * Reads a profile.
     *
     * @throws dev.kiln.command.UsageException when there is none, or it holds what no profile may
     */
    public static Profile read(Path file) {
        return ProfileFile.read(file);
    }
}
