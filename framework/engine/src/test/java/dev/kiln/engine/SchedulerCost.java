package dev.kiln.engine;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Measures what the scheduler costs a task, with so many ready at once, and what it remembers of each. Run by hand:
 *
 * <pre>
 * ./mvnw -pl framework/engine -am test-compile
 * java -Xmx2g -cp framework/engine/target/classes:framework/engine/target/test-classes dev.kiln.engine.SchedulerCost
 * </pre>
 */
public final class SchedulerCost {

    private static final int NODES = 4;
    private static final int SLOTS = 4;
    private static final Target ANYWHERE = Target.Anywhere.INSTANCE;

    private final Scheduler scheduler = new Scheduler(SchedulerOptions.forFounders(NODES));
    /** Tasks sent and not answered, as a ring. */
    private Command.RunTask[] sent = new Command.RunTask[1 << 12];

    private int first;
    private int count;
    long commands;

    private SchedulerCost() {
        for (int n = 0; n < NODES; n++) {
            tell(new Event.NodeJoined(n, "n" + n, SLOTS));
        }
    }

    private void tell(Event event) {
        scheduler.handle(event, command -> {
            commands++;
            if (command instanceof Command.RunTask run) {
                sent[(first + count++) % sent.length] = run;
            }
        });
    }

    private void submit(long id, long... inputs) {
        tell(new Event.TaskSubmitted(new TaskSpec(id, "t", inputs, false, ANYWHERE, 0, 0)));
    }

    private void answerAll(boolean release) {
        while (count > 0) {
            Command.RunTask run = sent[first];
            first = (first + 1) % sent.length;
            count--;
            tell(new Event.TaskFinished(run.task(), run.attempt(), run.node(), 8, true, 500));
            if (release) {
                tell(new Event.ValueReleased(run.task()));
            }
        }
    }

    /** Nanoseconds a task for submission, dispatch, answer and release of so many ready at once. */
    static long independent(int tasks) {
        var cost = new SchedulerCost();
        long start = cpu();
        for (int k = 0; k < tasks; k++) {
            cost.submit(k);
        }
        cost.answerAll(true);
        return (cpu() - start) / tasks;
    }

    /** The same for tasks that all read one value. */
    static long fan(int tasks) {
        var cost = new SchedulerCost();
        cost.submit(0);
        cost.answerAll(false);
        long start = cpu();
        for (int k = 1; k <= tasks; k++) {
            cost.submit(k, 0);
        }
        cost.answerAll(true);
        return (cpu() - start) / tasks;
    }

    /** The same for a chain, each task reading the one before. */
    static long chain(int tasks) {
        var cost = new SchedulerCost();
        long start = cpu();
        for (int k = 0; k < tasks; k++) {
            cost.submit(k, k == 0 ? new long[0] : new long[] {k - 1});
        }
        cost.answerAll(true);
        return (cpu() - start) / tasks;
    }

    /** Bytes of heap for each of so many ready tasks of one input, what the caller made for them included. */
    static long bytesPerTask(int tasks) {
        long before = used();
        var cost = new SchedulerCost();
        cost.submit(0);
        cost.answerAll(false);
        for (int k = 1; k <= tasks; k++) {
            cost.submit(k, 0);
        }
        long bytes = (used() - before) / tasks;
        if (cost.scheduler.remembered() != tasks + 1) {
            throw new AssertionError("expected all tasks to be remembered");
        }
        return bytes;
    }

    /** Of this thread alone, as the machine may be busy with other things. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        for (int k = 0; k < 3; k++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private interface Case {
        long nanos(int tasks);
    }

    private static void report(String name, Case test) {
        System.out.printf("%-12s", name);
        for (int tasks : new int[] {10_000, 100_000, 1_000_000}) {
            long[] nanos = new long[5];
            for (int k = 0; k < nanos.length; k++) {
                nanos[k] = test.nanos(tasks);
            }
            Arrays.sort(nanos);
            System.out.printf("  %,9d tasks %6.3f us each", tasks, nanos[nanos.length / 2] / 1e3);
        }
        System.out.println();
    }

    /** Prints medians of five. */
    public static void main(String[] args) {
        for (int k = 0; k < 20; k++) {
            independent(20_000);
            fan(20_000);
            chain(20_000);
        }
        report("independent", SchedulerCost::independent);
        report("fan", SchedulerCost::fan);
        report("chain", SchedulerCost::chain);
        System.out.printf("memory        %d bytes a ready task of one input%n", bytesPerTask(1_000_000));
    }
}
