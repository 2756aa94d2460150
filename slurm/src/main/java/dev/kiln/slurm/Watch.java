package dev.kiln.slurm;

import java.time.Duration;
import java.util.function.Consumer;

/** Looks at a job until it has ended. Used by one thread. */
public final class Watch {

    /** How many looks at files go to one question to Slurm. */
    private static final int LOOKS = 5;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Jobs jobs;
    private final Pause pause;

    /** Waits for a while. */
    public interface Pause {
        /** Returns when the time is over. */
        void pause(Duration time);
    }

    /** With that way to wait. */
    public Watch(Jobs jobs, Pause pause) {
        this.jobs = jobs;
        this.pause = pause;
    }

    /**
     * Waits until a job has ended.
     *
     * @param look is called several times a second, and once more at the end
     * @param news is called with each change of the job's status
     */
    public Status await(Run run, Runnable look, Consumer<Status> news) {
        Status last = jobs.status(run);
        news.accept(last);
        for (int i = 1; !last.ended(); i++) {
            look.run();
            pause.pause(BETWEEN_LOOKS);
            if (i % LOOKS == 0 || run.result().isPresent()) {
                Status now = jobs.status(run);
                if (!now.equals(last)) {
                    news.accept(now);
                }
                last = now;
            }
        }
        return last;
    }
}
