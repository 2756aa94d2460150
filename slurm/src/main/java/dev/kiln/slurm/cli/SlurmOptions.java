package dev.kiln.slurm.cli;

import dev.kiln.slurm.Setting;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a job that Slurm is asked for as they are; a picocli mixin. */
final class SlurmOptions {

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "How long it may run: 90 (minutes), 1:30:00, 2-12 (days-hours).")
    private @Nullable String time;

    @Option(
            names = "--cpus-per-node",
            paramLabel = "N",
            description = "Processors of each node; it runs as many tasks at once (default: what Slurm gives).")
    private @Nullable String cpus;

    @Option(names = "--mem-per-node", paramLabel = "SIZE", description = "Memory of each node, such as 2000m or 16g.")
    private @Nullable String memory;

    @Option(names = "--partition", paramLabel = "P", description = "The partition to run in.")
    private @Nullable String partition;

    @Option(names = "--account", paramLabel = "A", description = "The account that is charged.")
    private @Nullable String account;

    @Option(names = "--qos", paramLabel = "Q", description = "The quality of service.")
    private @Nullable String qos;

    @Option(names = "--constraint", paramLabel = "C", description = "Features that nodes must have.")
    private @Nullable String constraint;

    @Option(names = "--gres", paramLabel = "G", description = "Other resources of each node, such as gpu:2.")
    private @Nullable String gres;

    @Option(names = "--reservation", paramLabel = "R", description = "The reservation to run in.")
    private @Nullable String reservation;

    @Option(names = "--exclusive", description = "Share the nodes with no other job.")
    private boolean exclusive;

    @Option(names = "--nodelist", paramLabel = "NODES", description = "Nodes that must be among the job's.")
    private @Nullable String nodelist;

    @Option(names = "--exclude", paramLabel = "NODES", description = "Nodes that must not be among them.")
    private @Nullable String exclude;

    @Option(
            names = "--switches",
            paramLabel = "N@T",
            description = "Over how many switches nodes may spread, and how long to wait for that.")
    private @Nullable String switches;

    /** What was given, unchecked. */
    Map<Setting, String> given() {
        var given = new EnumMap<Setting, String>(Setting.class);
        put(given, Setting.TIME, time);
        put(given, Setting.CPUS_PER_NODE, cpus);
        put(given, Setting.MEM_PER_NODE, memory);
        put(given, Setting.PARTITION, partition);
        put(given, Setting.ACCOUNT, account);
        put(given, Setting.QOS, qos);
        put(given, Setting.CONSTRAINT, constraint);
        put(given, Setting.GRES, gres);
        put(given, Setting.RESERVATION, reservation);
        put(given, Setting.EXCLUSIVE, exclusive ? "true" : null);
        put(given, Setting.NODELIST, nodelist);
        put(given, Setting.EXCLUDE, exclude);
        put(given, Setting.SWITCHES, switches);
        return given;
    }

    private static void put(Map<Setting, String> given, Setting setting, @Nullable String value) {
        if (value != null) {
            given.put(setting, value);
        }
    }
}
