package dev.kiln.engine;

import org.jspecify.annotations.Nullable;

/**
 * All that is known of one task and of the value that it makes, or of a value that was put. There is one for each of
 * up to millions of tasks, so it is one flat object. Fields are changed by the classes named beside them alone.
 */
final class Entry implements Comparable<Entry> {

    private static final long[] NO_INPUTS = {};

    final long id;
    /** Null for a value that was put. */
    final @Nullable TaskSpec spec;

    TaskState state;

    // The task: Dispatch.
    int attempt;
    /** Inputs in whose list of waiters this is. */
    int missing;
    /** Where it is queued, runs, or ran last; -1 before. */
    int node = -1;

    int retriesLeft;
    /** The node where it threw last, to be avoided; or -1. */
    int failedOn = -1;
    /** Nodes lost while they ran it. */
    int losses;
    /** Times that a node could not get an input for it. */
    int misses;
    /** Neighbours in the list of what was sent to the node. */
    @Nullable Entry before;

    @Nullable Entry after;
    /** Whether it was asked for back from where it runs. */
    boolean asked;
    /** Whether it ever was: it is not asked for twice, so that no task is sent to and fro for ever. */
    boolean wasAsked;
    /** Sent with leave to change its first input. */
    boolean inPlace;
    /** The running task that it was sent behind, to begin with its result; null once that exists. */
    @Nullable Entry ahead;
    /** Of that task. */
    int aheadAttempt;
    /** Whether it may change that result. */
    boolean inPlaceLater;
    /** The node where it runs has an old copy of its result. */
    boolean stray;
    /** Counted in {@link #readers} of its inputs. */
    boolean reading;
    /** Counted in {@link #lineage} of its inputs. */
    boolean linked;

    // The value: Values.
    long bytes;
    /** The nodes 0 to 63 that hold it, one bit each; others are in {@link #more}. */
    private long low;

    private long @Nullable [] more;
    boolean inCache;
    boolean atDriver;
    boolean inCheckpoint;
    /** Its shard in the cache, or -1. */
    int shard = -1;
    /** Existed before. */
    boolean announced;
    /** The program let go of it. */
    boolean released;
    /** Somebody outside may look at the very object, so it must not change. */
    boolean exposed;
    /** The running task that may be changing it. */
    @Nullable Entry consumer;
    /** Unfinished tasks that read it. */
    int readers;
    /** Remembered tasks that may have to run again and would read it then. */
    int lineage;
    /** Gets not answered. */
    int wanted;
    /** Of those, the ones whose delivery is under way. */
    int delivering;
    /** Tasks that wait for it, each once; may hold some that failed meanwhile. */
    private Entry @Nullable [] waiters;

    private int waiterCount;

    @Nullable Failure failure;

    Entry(long id, @Nullable TaskSpec spec, TaskState state) {
        this.id = id;
        this.spec = spec;
        this.state = state;
        this.retriesLeft = spec == null ? 0 : spec.retries();
    }

    /** In the order of submission. */
    @Override
    public int compareTo(Entry other) {
        return Long.compare(id, other.id);
    }

    long[] inputs() {
        return spec == null ? NO_INPUTS : spec.inputs();
    }

    int priority() {
        return spec == null ? 0 : spec.priority();
    }

    boolean isPut() {
        return spec == null;
    }

    /** For messages: its number, and its name if it is a task. */
    String label() {
        return spec == null ? "value #" + id : spec.name() + "#" + id;
    }

    /** Whether a task may read it now. */
    boolean available() {
        return state == TaskState.DONE && consumer == null;
    }

    /** Whether the program, a task or a get may still ask for it. */
    boolean needed() {
        return !released || readers > 0 || wanted > 0;
    }

    // Holders.

    boolean heldBy(int number) {
        if (number < 64) {
            return (low >>> number & 1) != 0;
        }
        int word = (number >> 6) - 1;
        return more != null && word < more.length && (more[word] >>> number & 1) != 0;
    }

    void addHolder(int number) {
        if (number < 64) {
            low |= 1L << number;
            return;
        }
        int word = (number >> 6) - 1;
        if (more == null) {
            more = new long[word + 1];
        } else if (word >= more.length) {
            more = java.util.Arrays.copyOf(more, word + 1);
        }
        more[word] |= 1L << number;
    }

    void removeHolder(int number) {
        if (number < 64) {
            low &= ~(1L << number);
        } else if (heldBy(number) && more != null) {
            more[(number >> 6) - 1] &= ~(1L << number);
        }
    }

    /** The first node from this number on that holds it, or -1. */
    int nextHolder(int from) {
        int base = from & ~63;
        long word = word(base) & -1L << from;
        int end = more == null ? 64 : 64 * (more.length + 1);
        while (word == 0) {
            base += 64;
            if (base >= end) {
                return -1;
            }
            word = word(base);
        }
        return base + Long.numberOfTrailingZeros(word);
    }

    private long word(int base) {
        if (base == 0) {
            return low;
        }
        int word = (base >> 6) - 1;
        return more != null && word < more.length ? more[word] : 0;
    }

    /** The numbers of the nodes that hold it. */
    int[] holders() {
        var found = java.util.stream.IntStream.builder();
        for (int node = nextHolder(0); node >= 0; node = nextHolder(node + 1)) {
            found.add(node);
        }
        return found.build().toArray();
    }

    boolean heldByNone() {
        return low == 0 && (more == null || nextHolder(0) < 0);
    }

    boolean heldOnlyBy(int number) {
        int first = nextHolder(0);
        return first == number && nextHolder(number + 1) < 0 && !inCache && !atDriver && !inCheckpoint;
    }

    boolean anywhere() {
        return inCache || atDriver || inCheckpoint || !heldByNone();
    }

    // Waiters.

    void addWaiter(Entry task) {
        if (waiters == null) {
            waiters = new Entry[1];
        } else if (waiterCount == waiters.length) {
            waiters = java.util.Arrays.copyOf(waiters, 2 * waiterCount + 2);
        }
        waiters[waiterCount++] = task;
    }

    int waiterCount() {
        return waiterCount;
    }

    /** Those who wait, in the order in which they came; the array may be longer than {@link #waiterCount}. */
    Entry[] waiters() {
        return waiters == null ? new Entry[0] : waiters;
    }

    void removeWaiter(Entry task) {
        int kept = 0;
        for (int k = 0; k < waiterCount && waiters != null; k++) {
            if (waiters[k] != task) {
                waiters[kept++] = waiters[k];
            }
        }
        waiterCount = kept;
    }

    void clearWaiters() {
        waiters = null;
        waiterCount = 0;
    }
}
