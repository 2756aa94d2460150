package dev.kiln.slurm;

import java.util.Locale;
import java.util.Optional;

/**
 * What became of a run, in one word, an exit code and a cause. Made of two sources: the run's result, which says how the
 * driver ended, and Slurm, which may have forgotten the job, and says why it ended it.
 *
 * @param state how it is
 * @param exit the exit code for whoever waits for it; 0 while it has not ended
 * @param cause why it failed, or why it waits; empty when there is nothing to say
 */
public record Status(State state, int exit, String cause) {

    private static final int BROKEN = 3;
    private static final int INTERRUPTED = 130;
    /** From here on exit codes tell of signals. */
    private static final int SIGNALS = 129;

    private static final String NEVER = ", which will not change by itself";

    /** How a run is. */
    public enum State {
        /** It waits for nodes. */
        PENDING,
        /** It runs. */
        RUNNING,
        /** Its driver ended with exit code 0. */
        DONE,
        /** It failed. */
        FAILED,
        /** Somebody ended it. */
        CANCELLED,
        /** It ran longer than it may. */
        TIMEOUT;

        /** In lower case, for people. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether nothing will change any more. */
    public boolean ended() {
        return state != State.PENDING && state != State.RUNNING;
    }

    /** Whether it waits for what will not come by itself. */
    public boolean hopeless() {
        return state == State.PENDING && cause.endsWith(NEVER);
    }

    /**
     * Of a run.
     *
     * @param result of the driver, if there is one
     * @param stopped why Slurm stopped it, as the job's script noted
     * @param info what Slurm knows, if it has not forgotten
     * @param alive of a run on this machine, whether its script runs
     */
    static Status of(Optional<Run.Result> result, Optional<String> stopped, Optional<JobInfo> info, boolean alive) {
        if (info.isPresent() && info.get().waits()) {
            return new Status(State.PENDING, 0, pending(info.get()));
        }
        // A driver that ended by itself knows best. One that was ended does not know by whom.
        if (result.isPresent() && result.get().exit() != BROKEN && result.get().exit() < SIGNALS) {
            return ended(result.get());
        }
        Optional<Status> bySlurm = info.filter(known -> !known.active())
                .flatMap(known -> bySlurm(known.state(), info))
                .or(() -> stopped.flatMap(word -> bySlurm(word, info)));
        if (bySlurm.isPresent()) {
            return bySlurm.get();
        }
        if (result.isPresent()) {
            return ended(result.get());
        }
        if (info.isEmpty()) {
            return alive
                    ? new Status(State.RUNNING, 0, "")
                    : new Status(
                            State.FAILED, BROKEN, "it is gone and left no result: its host or its script was ended");
        }
        JobInfo known = info.get();
        return known.active() ? new Status(State.RUNNING, 0, "") : new Status(State.FAILED, BROKEN, silent(known));
    }

    private static Status ended(Run.Result result) {
        return new Status(result.exit() == 0 ? State.DONE : State.FAILED, result.exit(), result.cause());
    }

    private static Optional<Status> bySlurm(String word, Optional<JobInfo> info) {
        return switch (word) {
            case "TIMEOUT", "DEADLINE" ->
                Optional.of(new Status(
                        State.TIMEOUT,
                        BROKEN,
                        "it reached its time limit"
                                + info.map(i -> " of " + i.timeLimit()).orElse("")));
            case "CANCELLED", "TERM" -> Optional.of(new Status(State.CANCELLED, INTERRUPTED, "it was cancelled"));
            case "NODE_FAIL" -> Optional.of(new Status(State.FAILED, BROKEN, "a node it ran on failed"));
            case "PREEMPTED" -> Optional.of(new Status(State.FAILED, BROKEN, "it made room for another job"));
            case "OUT_OF_MEMORY" ->
                Optional.of(new Status(State.FAILED, BROKEN, "a node had too little memory: give --mem-per-node more"));
            case "BOOT_FAIL" -> Optional.of(new Status(State.FAILED, BROKEN, "a node of it did not boot"));
            default -> Optional.empty();
        };
    }

    private static String pending(JobInfo known) {
        if (known.reason().equals("None")) {
            return "";
        }
        return known.hopeless() ? known.reason() + NEVER : known.reason();
    }

    /** Of a job that ended, and left no result. */
    private static String silent(JobInfo known) {
        return switch (known.signal()) {
            case 0 -> "it ended without a result (Slurm: " + known.state() + ", exit code " + known.exit() + ")";
            case 53 -> "Slurm could not write its output: is its folder on all nodes?";
            default -> "its script was killed (signal " + known.signal() + ")";
        };
    }
}
