package dev.kiln.ignite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits for the further nodes of a job. They were started elsewhere; what became of one that ended stands in a file. */
final class JobMembers {

    private static final long LOOK_MILLIS = 100;

    private final JobNode job;
    private final JobFolder folder;
    private final DriverLink drivers;

    JobMembers(JobNode job, JobFolder folder, DriverLink drivers) {
        this.job = job;
        this.folder = folder;
        this.drivers = drivers;
    }

    /**
     * Waits until all are up, or the time is over and enough are.
     *
     * @param closed whether there is no more use in waiting
     * @return those that are not up
     * @throws ClusterStartException when too few can come up
     */
    List<Integer> await(BooleanSupplier closed) {
        long end = System.nanoTime() + job.join().toNanos();
        while (!closed.getAsBoolean()) {
            List<Integer> missing = missing();
            List<String> dead = new ArrayList<>();
            for (int rank : missing) {
                Optional<String> why = folder.ended(rank);
                why.ifPresent(reason -> dead.add(folder.host(rank) + " cannot start: " + reason));
            }
            int up = job.nodes() - missing.size();
            if (missing.isEmpty() || (up >= job.least() && dead.size() == missing.size())) {
                return missing;
            }
            if (job.nodes() - dead.size() < job.least()) {
                throw new ClusterStartException(dead.getFirst());
            }
            if (System.nanoTime() - end > 0) {
                if (up >= job.least()) {
                    return missing;
                }
                throw new ClusterStartException(late(missing));
            }
            pause(missing.getFirst());
        }
        throw new ClusterStartException("the cluster was closed while it started");
    }

    private String late(List<Integer> missing) {
        Duration join = job.join();
        List<String> names = missing.stream().map(folder::host).toList();
        return names.size() + " of " + job.nodes() + " nodes did not come up within " + join.toSeconds() + " seconds: "
                + String.join(", ", names) + "; --min-nodes lets a job begin with fewer";
    }

    private List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        for (int rank = 1; rank < job.nodes(); rank++) {
            if (!drivers.up(rank).isDone()) {
                missing.add(rank);
            }
        }
        return missing;
    }

    private void pause(int rank) {
        try {
            drivers.up(rank).get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillMissing) {
            // Then there may be news in the folder.
        } catch (ExecutionException e) {
            throw new IllegalStateException("a node's coming up never fails", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterStartException("interrupted while the cluster started", e);
        }
    }
}
