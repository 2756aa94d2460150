package dev.kiln.slurm;

import dev.kiln.command.UsageException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be asked of Slurm for a job. Each has the same name as an option of {@code kiln submit} and as a key of a profile. */
public enum Setting {
    /** Which queue. */
    PARTITION("partition"),
    /** Who is charged. */
    ACCOUNT("account"),
    /** The quality of service. */
    QOS("qos"),
    /** How long the job may run. */
    TIME("time"),
    /** Processors of each node, which is how many tasks it runs at once. */
    CPUS_PER_NODE("cpus-per-task") {
        @Override
        String checked(String value) {
            if (!value.matches("[1-9]\\d{0,4}")) {
                throw new UsageException(option() + " " + value + ": expected a number of processors, 1 or more");
            }
            return value;
        }
    },
    /** Memory of each node. */
    MEM_PER_NODE("mem") {
        @Override
        String checked(String value) {
            Matcher m = SIZE.matcher(value.toLowerCase(Locale.ROOT));
            if (!m.matches()) {
                throw new UsageException(option() + " " + value + ": expected a size such as 2000m or 16g");
            }
            long megabytes = Long.parseLong(m.group(1)) << (10 * "mgt".indexOf(m.group(2)));
            if (megabytes < LEAST_MEGABYTES) {
                throw new UsageException(option() + " " + value + ": expected at least " + LEAST_MEGABYTES + "m");
            }
            return megabytes + "M";
        }
    },
    /** Properties that nodes must have. */
    CONSTRAINT("constraint"),
    /** Other resources of each node, such as {@code gpu:2}. */
    GRES("gres"),
    /** A reservation to run in. */
    RESERVATION("reservation"),
    /** Nodes that must be among the job's. */
    NODELIST("nodelist"),
    /** Nodes that must not be. */
    EXCLUDE("exclude"),
    /** Over how many switches the nodes may be spread, and how long to wait for such nodes: {@code 1@10:00}. */
    SWITCHES("switches") {
        @Override
        String checked(String value) {
            if (!value.matches("[1-9]\\d{0,4}(@[\\d:-]+)?")) {
                throw new UsageException(option() + " " + value
                        + ": expected a number of switches, and perhaps how long to wait, such as 1@10:00");
            }
            return value;
        }
    },
    /** Whether nodes are shared with no other job: {@code true} or {@code false}. */
    EXCLUSIVE("exclusive") {
        @Override
        String checked(String value) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new UsageException(key() + " " + value + ": expected true or false");
            }
            return value;
        }

        @Override
        Optional<String> directive(String value) {
            return value.equals("true") ? Optional.of("--exclusive") : Optional.empty();
        }
    };

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([mgt])b?");
    private static final int LEAST_MEGABYTES = 512;

    private final String sbatch;

    Setting(String sbatch) {
        this.sbatch = sbatch;
    }

    /** As a profile names it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String option() {
        return "--" + key();
    }

    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
    }

    /**
     * The value, as sbatch is to have it.
     *
     * @throws UsageException when it cannot be
     */
    String checked(String value) {
        if (this == TIME) {
            TimeLimit.parse(value);
        }
        if (value.isBlank() || value.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '\'' || c == '\\')) {
            throw new UsageException(option() + " '" + value + "': expected one word");
        }
        return value;
    }

    /** What asks for it in a script, if anything. */
    Optional<String> directive(String value) {
        return Optional.of("--" + sbatch + "=" + value);
    }
}
