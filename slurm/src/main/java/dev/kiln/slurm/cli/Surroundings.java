package dev.kiln.slurm.cli;

import dev.kiln.command.UsageException;
import dev.kiln.slurm.Jobs;
import dev.kiln.slurm.Programs;
import dev.kiln.slurm.Runs;
import dev.kiln.slurm.Watch;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the commands find around them, so that tests can give them something else.
 *
 * @param environment the variables
 * @param directory where the command was called
 * @param userHome the user's home
 * @param distribution where Kiln is, or null when it does not run from a distribution
 * @param clock tells the time
 * @param salt makes names different that are made in the same second
 * @param pause waits
 */
record Surroundings(
        Map<String, String> environment,
        Path directory,
        String userHome,
        @Nullable Path distribution,
        InstantSource clock,
        Supplier<String> salt,
        Watch.Pause pause) {

    static Surroundings real() {
        String home = System.getProperty("kiln.home");
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                System.getProperty("user.home", "/"),
                home == null ? null : Path.of(home),
                InstantSource.system(),
                () -> {
                    byte[] random = new byte[2];
                    new SecureRandom().nextBytes(random);
                    return HexFormat.of().formatHex(random);
                },
                time -> {
                    try {
                        Thread.sleep(time);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new UsageException("interrupted");
                    }
                });
    }

    /** Whether standard output is a terminal that lines can be drawn over, as the launcher found it. */
    boolean terminal() {
        return Boolean.getBoolean("kiln.terminal.out") && !"dumb".equals(environment.get("TERM"));
    }

    /** How wide that is. */
    int columns() {
        return Math.max(40, Integer.getInteger("kiln.terminal.columns", 80));
    }

    Programs programs() {
        return new Programs(environment);
    }

    Runs runs() {
        return Runs.of(environment, userHome);
    }

    Jobs jobs() {
        return new Jobs(programs());
    }

    Path home() {
        if (distribution == null) {
            throw new UsageException("this kiln runs from no distribution, which nodes could start: use bin/kiln");
        }
        return distribution;
    }
}
