package dev.kiln.slurm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as it was asked for, checked.
 *
 * @param name of the job
 * @param nodes how many
 * @param least how many are enough to begin with
 * @param settings what is asked of Slurm
 * @param others further nodes, which are not like these
 * @param array the numbers of the job's tasks, such as {@code 0-9%3}, or null for one job
 * @param after which other jobs it waits for, as Slurm has it: {@code afterok:12}
 * @param sbatchArguments further arguments of sbatch
 * @param modules environment modules to load
 * @param prologue commands to run before, in the job's shell
 * @param variables of the environment to set
 * @param loss what the loss of a node means
 * @param saving how it keeps what it has done when its time is over, or null when it does not
 * @param network interface or range of addresses to use, or null for the addresses that Slurm knows
 * @param words of the kiln command that node 0 runs
 * @param directory where it runs
 * @param home of the distribution
 * @param folder of the run
 * @param backend what gives the nodes
 */
public record JobRequest(
        String name,
        int nodes,
        int least,
        Map<Setting, String> settings,
        List<Group> others,
        @Nullable String array,
        List<String> after,
        List<String> sbatchArguments,
        List<String> modules,
        List<String> prologue,
        Map<String, String> variables,
        LossPolicy loss,
        @Nullable Saving saving,
        @Nullable String network,
        List<String> words,
        Path directory,
        Path home,
        Path folder,
        Backend backend) {

    /**
     * How a job keeps what it has done when its time is over, and goes on.
     *
     * @param before how long before the end
     * @param resumes how many times it goes on at most
     */
    public record Saving(Duration before, int resumes) {}

    /** Nodes that are alike, in a job whose nodes are not. */
    public record Group(int nodes, Map<Setting, String> settings) {}

    /** All of its nodes. */
    int allNodes() {
        return nodes + others.stream().mapToInt(Group::nodes).sum();
    }
}
