package dev.kiln.slurm;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Slurm knows of a job, by {@code scontrol show job}.
 *
 * @param task the number of the task in its array, or those that pend, such as {@code 4-9%2}; empty for a job that is none
 * @param state as Slurm names it: {@code PENDING}
 * @param reason why it pends or ended: {@code Resources}
 * @param exit its exit code and signal: {@code 0:9}
 * @param timeLimit how long it may run
 */
public record JobInfo(String task, String state, String reason, String exit, String timeLimit) {

    private static final Pattern FIELD = Pattern.compile("(?<=^|\\s)([A-Za-z/:]+)=(\\S*)");

    private static final Set<String> ACTIVE = Set.of(
            "PENDING",
            "CONFIGURING",
            "RUNNING",
            "COMPLETING",
            "SUSPENDED",
            "STOPPED",
            "SIGNALING",
            "STAGE_OUT",
            "RESIZING",
            "REQUEUED",
            "REQUEUE_HOLD",
            "REQUEUE_FED",
            "RESV_DEL_HOLD",
            "SPECIAL_EXIT");

    private static final Set<String> WAITING =
            Set.of("PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT");

    /** Reasons for which a job pends until somebody changes it. */
    private static final Set<String> HOPELESS = Set.of(
            "PartitionTimeLimit",
            "PartitionNodeLimit",
            "DependencyNeverSatisfied",
            "BadConstraints",
            "InvalidAccount",
            "InvalidQOS",
            "AccountNotAllowed",
            "QOSNotAllowed",
            "AssocMaxWallDurationPerJobLimit",
            "AssocMaxNodePerJobLimit",
            "AssocMaxCpuPerJobLimit",
            "AssocMaxMemPerJob",
            "QOSMaxWallDurationPerJobLimit",
            "QOSMaxNodePerJobLimit",
            "QOSMaxCpuPerJobLimit");

    /** Reads one line of {@code scontrol -o show job}. */
    static JobInfo parse(String line) {
        Map<String, String> found = new HashMap<>();
        Matcher m = FIELD.matcher(line);
        while (m.find()) {
            found.putIfAbsent(m.group(1), m.group(2));
        }
        return new JobInfo(
                found.getOrDefault("ArrayTaskId", ""),
                found.getOrDefault("JobState", ""),
                found.getOrDefault("Reason", "None"),
                found.getOrDefault("ExitCode", "0:0"),
                found.getOrDefault("TimeLimit", ""));
    }

    /** Whether it has not ended. */
    boolean active() {
        return ACTIVE.contains(state);
    }

    /** Whether it waits for nodes, perhaps not for the first time. */
    boolean waits() {
        return WAITING.contains(state);
    }

    /** Whether it waits for what will not come. */
    boolean hopeless() {
        return state.equals("PENDING") && HOPELESS.contains(reason);
    }

    /** The signal that ended its script, or 0. */
    int signal() {
        int colon = exit.indexOf(':');
        try {
            return colon < 0 ? 0 : Integer.parseInt(exit.substring(colon + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
