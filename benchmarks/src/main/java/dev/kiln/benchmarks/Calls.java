package dev.kiln.benchmarks;

import dev.kiln.tasks.Placement;
import dev.kiln.tasks.Ref;
import dev.kiln.tasks.Workflow;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** What one task takes from submit to its value here, with nothing else under way: the median of many, on the last node. */
record Calls(int calls) implements Bench {

    @Override
    public String label() {
        return "call";
    }

    @Override
    public int tasks() {
        return 1;
    }

    @Override
    public int warmUps() {
        return 3;
    }

    @Override
    public double run(Workflow workflow, LongSupplier nanos) {
        Placement last = Graphs.last(workflow);
        long[] times = new long[calls];
        for (int i = 0; i < calls; i++) {
            long start = nanos.getAsLong();
            Ref<Integer> ref = workflow.task(Kernels::nothing).on(last).submit();
            int found = ref.get();
            times[i] = nanos.getAsLong() - start;
            Graphs.expect(0, found, "value of a call");
            ref.delete();
        }
        Arrays.sort(times);
        return times[calls / 2] / 1e9;
    }
}
